DROP TABLE daily_progress, question_stats, learner_items, rating_changes, topic_ratings, item_ratings, learner_skills, folds, responses, graded_facts;
