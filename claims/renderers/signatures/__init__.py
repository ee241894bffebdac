"""Signatures of PDFs (PAdES, ETSI EN 319 142-1): what a newsroom signs its reports with, signing, and checking.

They need nobody but the certificate: only a timestamp inside the signature is asked of an authority, by whoever calls.
"""
