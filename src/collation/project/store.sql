-- One row a document. date is as the catalogue writes it, year the first year in it.
CREATE TABLE documents (
  id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE, archive_id TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL,
  date TEXT NOT NULL, year INTEGER, words INTEGER NOT NULL, made_from TEXT NOT NULL, ruled_from TEXT NOT NULL
);
-- The paragraphs side by side. ..._at are the places of each side: [[start, stop, line], ...] in code points of the file.
CREATE TABLE paragraphs (
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, number INTEGER NOT NULL,
  original TEXT NOT NULL, translation TEXT NOT NULL, original_at TEXT NOT NULL, translation_at TEXT NOT NULL
);
CREATE INDEX paragraphs_of_document ON paragraphs(document_id, number);
-- The doubtful places, with the state that the rulings give them (docs/gate.md).
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, name TEXT NOT NULL,
  code TEXT NOT NULL, family TEXT NOT NULL, side TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
  line INTEGER NOT NULL, lemma TEXT NOT NULL, probability REAL NOT NULL, tier TEXT NOT NULL, harm TEXT NOT NULL,
  hand TEXT NOT NULL, proposed TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open'
);
CREATE INDEX entries_of_document ON entries(document_id);
CREATE INDEX entries_by_kind ON entries(code, state, probability);
CREATE INDEX entries_by_harm ON entries(harm, state, probability);
-- What could be written there, the likeliest first. text is NULL where nothing is to be written.
CREATE TABLE readings (
  entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE, rank INTEGER NOT NULL, text TEXT NOT NULL,
  basis TEXT NOT NULL, probability REAL NOT NULL, PRIMARY KEY (entry_id, rank)
) WITHOUT ROWID;
-- The rulings that are not undone; entry_id is NULL where none is doubted, lost is 1 where the place is not certain any more.
CREATE TABLE rulings (
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, id TEXT NOT NULL,
  entry_id INTEGER REFERENCES entries(id) ON DELETE CASCADE, editor TEXT NOT NULL, time TEXT NOT NULL, verdict TEXT NOT NULL,
  words TEXT NOT NULL, reading TEXT, note TEXT NOT NULL, state TEXT NOT NULL, lost INTEGER NOT NULL,
  PRIMARY KEY (document_id, id)
) WITHOUT ROWID;
CREATE INDEX rulings_on_entry ON rulings(entry_id);
-- The words: each form once, its lemmas, and how often it is in which document.
CREATE TABLE forms (id INTEGER PRIMARY KEY, side TEXT NOT NULL, form TEXT NOT NULL, UNIQUE (side, form));
CREATE TABLE lemmas (
  lemma TEXT NOT NULL, form_id INTEGER NOT NULL REFERENCES forms(id), PRIMARY KEY (lemma, form_id)
) WITHOUT ROWID;
CREATE TABLE occurrences (
  form_id INTEGER NOT NULL REFERENCES forms(id), document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  count INTEGER NOT NULL, PRIMARY KEY (form_id, document_id)
) WITHOUT ROWID;
CREATE INDEX occurrences_in_document ON occurrences(document_id);
CREATE VIEW counts AS
  SELECT d.label, d.title, d.year, e.code, e.harm, e.state, count(*) AS places
  FROM entries e JOIN documents d ON d.id = e.document_id GROUP BY d.id, e.code, e.harm, e.state;
CREATE VIEW words AS
  SELECT f.side, f.form, (SELECT group_concat(lemma, ', ') FROM lemmas l WHERE l.form_id = f.id) AS lemmas,
    count(*) AS documents, sum(o.count) AS count
  FROM forms f JOIN occurrences o ON o.form_id = f.id GROUP BY f.id;
CREATE VIEW places AS
  SELECT d.label, d.date, d.year, e.line, e.code, e.harm, e.tier, e.state, e.lemma, r.text AS reading, e.probability
  FROM entries e JOIN documents d ON d.id = e.document_id LEFT JOIN readings r ON r.entry_id = e.id AND r.rank = 1;
