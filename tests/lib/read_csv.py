"""Reads a CSV file with Python's own reader and prints its rows as JSON: somebody else's software has the last word."""
import csv
import json
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(json.dumps(list(csv.DictReader(file, strict=True)), ensure_ascii=False))
