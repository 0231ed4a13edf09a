"""Networks as ONNX files, out and in. The library onnx is optional, and loaded inside functions."""
