"""What runs on the operator's machine: build and deploy the stack, the emulated cloud, the demo library."""
