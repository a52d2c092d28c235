"""REST APIs with API Gateway's meaning and limits, and the front door that leads to them."""
