"""今日の関所: what crossed today, what was stopped, what waits."""
