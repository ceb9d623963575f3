"""S-730 公表資料, S-735 会議録, S-738 答申: what anybody may read without signing in. No personal data stands here."""
