"""What a view takes and answers: parameters, bodies and shapes, declared once."""
