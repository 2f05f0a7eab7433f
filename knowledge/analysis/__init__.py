"""How Polish and English text becomes terms: folding, stems, slips, synonyms, language."""
