"""Programs that measure, fuzz and show: benchmarks, corpus, fuzzing, gallery."""
