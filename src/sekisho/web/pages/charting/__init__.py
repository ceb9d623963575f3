"""S-206 概要図を描く, S-207 一件ずつ, S-208 外す: a draft's chart is drawn by forms, the map beside."""
