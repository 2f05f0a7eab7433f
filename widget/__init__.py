"""The built chat window (`dist/okienko.js`), shipped with the wheel."""
