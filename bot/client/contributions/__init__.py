"""What members contribute: suggestions and how they are decided, and questions without a good answer."""
