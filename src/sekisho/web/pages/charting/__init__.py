"""S-206 概要図を描く, S-207 一件ずつ, S-208 外す: an officer draws the chart of a draft by forms, with the map beside."""
