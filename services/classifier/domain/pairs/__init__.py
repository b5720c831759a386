"""Reads a text against a bare claim sentence: no keywords, no subject, no registry. One pair in, one reading out."""
