DROP TABLE card_imports, cards_mapped, answer_paces, card_reviews, review_cards, notes, deck_settings, review_schemes, fsrs_weights;
