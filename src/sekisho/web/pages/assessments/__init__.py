"""S-700 特定個人情報保護評価の一覧, S-710 評価: the threshold, the report, comment, check, opinion, publication."""
