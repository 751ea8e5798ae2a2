"""Training the model with softmax in place of the argmax; what needs torch imports it when called."""
