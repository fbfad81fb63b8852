"""Whole texts made of a plan once, and the person's own from then on: review, next plan, report."""
