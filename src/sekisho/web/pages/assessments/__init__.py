"""S-270 特定個人情報保護評価の一覧, S-275 評価: the threshold, the report, comment, check, opinion, publication."""
