"""What members contribute: suggestions and how they are decided, and questions that were asked in vain."""
