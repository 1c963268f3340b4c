//! Properties that are watched while a run goes on.
