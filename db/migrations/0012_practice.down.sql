DROP TABLE calibration_runs, planned_practice, selections, practice_sessions;
