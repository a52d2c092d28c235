"""Every transformation in one picture, to be looked at; `make gallery` draws it."""
