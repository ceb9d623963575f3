"""S-700 公表資料, S-702 会議録, S-704 答申: what anybody may read without signing in. No personal data stands here."""
