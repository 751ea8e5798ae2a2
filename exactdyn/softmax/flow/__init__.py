"""The flow of softmax attention in continuous time, enclosed step by step."""
