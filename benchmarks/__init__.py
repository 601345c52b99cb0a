"""How fast the site answers, as ratios to the least that any Django view costs. See README.md here."""
