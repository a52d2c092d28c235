"""The OpenAPI document of the service, made from its routes and from what each of them takes and answers."""
