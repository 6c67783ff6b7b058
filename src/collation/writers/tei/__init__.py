"""TEI P5: a document with its apparatus as an edition in XML, a part of it a file."""
