"""The pages of the meetings: their series, the next one, figures and resources, syntheses."""
