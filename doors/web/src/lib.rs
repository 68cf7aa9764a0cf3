//! The engine in a browser: a request as JSON goes in, an answer as JSON comes out.
