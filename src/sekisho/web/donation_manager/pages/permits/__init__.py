"""The page of permits that the city's council gave, as S1's gate has them."""
