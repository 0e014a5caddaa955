"""Every format of a report besides the web page, made from the blocks of one executed notebook."""

from mutasi_analysis.publish.documents.write import FORMATS, Made, missing_packages, missing_sentence, write_documents

__all__ = ["FORMATS", "Made", "missing_packages", "missing_sentence", "write_documents"]
