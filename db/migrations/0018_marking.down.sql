DROP TABLE marks, markings, marking_plans;
