//! What became of a meeting: how many took part, the votes that were held in it, and its minutes.
