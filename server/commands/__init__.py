"""The commands of `okienko …` by group: they read arguments, call rooms, print. Heavy imports come late."""
