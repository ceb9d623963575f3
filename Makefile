# Every target only calls dev.py, which makes what it needs.
.PHONY: help demo test check fix bench fuzz
help:
	@python3 dev.py
demo test check fix bench fuzz:
	@python3 dev.py $@ $(ARGS)
