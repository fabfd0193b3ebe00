"""What one would write without coprod-match: read the YAML, fit scikit-learn's TF-IDF, rank. Here to be timed."""

import sys
from pathlib import Path

import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

with Path(sys.argv[1]).open(encoding="utf-8") as file:
    entries = yaml.load(file, yaml.CSafeLoader)["resources"]  # the quick loader, not safe_load
texts = [f"{entry['name']} {entry['summary']} {' '.join(entry['terms'])}" for entry in entries]
vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
documents = vectorizer.fit_transform(texts)
scores = linear_kernel(vectorizer.transform([sys.argv[2]]), documents)[0]
for position in scores.argsort()[::-1][:5]:
    print(f"{scores[position]:.3f}", entries[position]["name"])
