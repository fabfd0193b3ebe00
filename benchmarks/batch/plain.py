"""What most would write: pandas and scikit-learn, text only. `python plain.py REQUESTS.xlsx OUT.xlsx`."""

import sys

import numpy as np
import pandas as pd
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer

from coprod_match.files.load import bundled

TOP = 5

resources = yaml.load(bundled("resources.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)["resources"]
texts = [" ".join([entry["name"], entry["summary"], *entry["terms"], *entry["questions"]]) for entry in resources]
catalogue = pd.DataFrame(resources)[["id", "name", "url"]]

requests = pd.read_excel(sys.argv[1], engine="openpyxl")
vectorizer = TfidfVectorizer(stop_words="english")
documents = vectorizer.fit_transform(texts)
scores = (vectorizer.transform(requests["What do you need help with?"].fillna("")) @ documents.T).toarray()
best = np.argsort(-scores, axis=1)[:, :TOP]

matches = requests.loc[requests.index.repeat(TOP)].reset_index(drop=True)
matches["rank"] = np.tile(np.arange(1, TOP + 1), len(requests))
matches["score"] = np.take_along_axis(scores, best, axis=1).ravel()
matches = pd.concat([matches, catalogue.iloc[best.ravel()].reset_index(drop=True)], axis="columns")
matches.to_excel(sys.argv[2], index=False)
