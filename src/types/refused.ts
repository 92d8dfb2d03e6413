declare const refused: unique symbol

/** Nothing is assignable to it: it stands where something is refused, and says why. */
// An object around the sentence, for the compiler looks through bare conditional types while it infers, at ten times the
// cost, and looks for what is wrong with each item of a list where it should say what is wrong with the list.
export interface Refused<TSentence> {
  readonly [refused]: TSentence
}
