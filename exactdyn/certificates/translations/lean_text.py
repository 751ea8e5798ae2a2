"""The fixed parts of a text in Lean 4: the dynamics and the statements, over rational numbers."""

HEAD = """\
/-
The failing claims of a certificate of exactdyn, in Lean 4 with Mathlib.

To know what is proved, read the definitions and the theorems. Every proof is a computation with rational
numbers by Lean's kernel; there is neither `native_decide` nor `sorry`; `#print axioms` shows what is used.
This text was written by a program and NOT compiled: it is for Lean to accept or refuse. It is meant for
Lean 4.15 or newer: `lake env lean FILE.lean` in a project that has Mathlib.
-/
import Mathlib

namespace Exactdyn

abbrev Point := List Rat
"""

DYNAMICS = """\
/-- The step of a layer, from 0 towards 1. -/
def tau : Rat := alpha / (1 + alpha)

/-- The number of tokens, and the dimension. -/
def n : Nat := tokens.length
def d : Nat := A.length

def coordinate (x : Point) (r : Nat) : Rat := x.getD r 0
def place (Z : List Point) (i : Nat) : Point := Z.getD i []
def sum (x : List Rat) : Rat := x.foldr (fun a b => a + b) 0
def dot (x y : Point) : Rat := sum (List.zipWith (fun a b => a * b) x y)

/-- <A x, y>. -/
def score (x y : Point) : Rat := dot (A.map fun row => dot row x) y

/-- C_i, the tokens that token i attends: those of the largest score, all of a tie. -/
def attended (Z : List Point) (i : Nat) : List Nat :=
  (List.range n).filter fun j => (List.range n).all fun l =>
    decide (score (place Z i) (place Z l) ≤ score (place Z i) (place Z j))

/-- The mean of the tokens that token i attends, coordinate by coordinate. -/
def centre (Z : List Point) (i r : Nat) : Rat :=
  sum ((attended Z i).map fun j => coordinate (place Z j) r) / ((attended Z i).length : Rat)

/-- All tokens after one layer. -/
def step (Z : List Point) : List Point :=
  (List.range n).map fun i => (List.range d).map fun r =>
    coordinate (place Z i) r + tau * (centre Z i r - coordinate (place Z i) r)

/-- The tokens of layer k. -/
def state : Nat → List Point
  | 0 => tokens
  | k + 1 => step (state k)

/-- Token i attends itself alone. -/
def leads (Z : List Point) (i : Nat) : Bool := attended Z i == [i]

def nonzero (x : Point) : Bool := x.any fun c => decide (c ≠ 0)
"""

CLAIMS = {
    "symmetric": """\
/-- A is its own transpose. -/
def symmetric : Bool :=
  (List.range d).all fun r => (List.range d).all fun c =>
    decide (coordinate (place A r) c = coordinate (place A c) r)
""",
    "positive-definite": """\
/-- <A x, x> > 0 for every x other than 0. -/
def positiveDefinite : Prop := ∀ x : Point, x.length = d → nonzero x = true → 0 < score x x
""",
    "positive-alpha": "",
    "nonzero-tokens": """\
/-- No token is 0. -/
def nonzeroTokens : Bool := tokens.all nonzero
""",
    "distinct-tokens": """\
/-- No two tokens are equal. -/
def distinctTokens : Bool :=
  (List.range n).all fun i => (List.range i).all fun j => decide (place tokens i ≠ place tokens j)
""",
    "hull-shrinkage": """\
/-- The hull of the tokens never grows: no functional f is larger somewhere at the next layer than everywhere
at this one. (A point is outside the hull of finitely many others if and only if some functional says so.) -/
def hullShrinkage : Prop := ∀ k : Nat, ∀ f : Point, ∀ i : Nat, i < n →
  ((state k).any fun z => decide (dot f (place (state (k + 1)) i) ≤ dot f z)) = true
""",
    "norm-growth": """\
/-- q(z) = <A z, z> never falls in a step from Z to Z', and is the same only for tokens that do not move. -/
def grows (Z Z' : List Point) : Bool := (List.range n).all fun i =>
  let z := place Z i
  let z' := place Z' i
  decide (score z z < score z' z') || (decide (score z z = score z' z') && decide (z = z'))

def normGrowth : Prop := ∀ k : Nat, grows (state k) (state (k + 1)) = true
""",
    "leaders-persist": """\
/-- Once a leader, always a leader, and at rest. -/
def leadersPersist : Prop := ∀ k m i : Nat, k < m → leads (state k) i = true →
  (leads (state m) i && decide (place (state m) i = place (state k) i)) = true
""",
    "distinctness-preserved": """\
/-- No two tokens that are apart in Z are at one place in Z'. -/
def apart (Z Z' : List Point) : Bool := (List.range n).all fun i => (List.range n).all fun j =>
  decide (place Z i = place Z j) || decide (place Z' i ≠ place Z' j)

def distinctnessPreserved : Prop := ∀ k : Nat, apart (state k) (state (k + 1)) = true
""",
    "leaders-extreme": """\
/-- Token i is a convex combination, with the weights w, of tokens at other places than its own. -/
def combined (Z : List Point) (i : Nat) (w : List Rat) : Bool :=
  w.all (fun x => decide (0 ≤ x)) && decide (sum w = 1) &&
  ((List.range n).all fun j => decide (coordinate w j = 0) || decide (place Z j ≠ place Z i)) &&
  ((List.range d).all fun r =>
    decide (sum ((List.range n).map fun j => coordinate w j * coordinate (place Z j) r) =
      coordinate (place Z i) r))

/-- Once a leader, always at an extreme point of the hull: no convex combination of other places. -/
def leadersExtreme : Prop := ∀ k m i : Nat, k ≤ m → leads (state k) i = true →
  ¬ ∃ w : List Rat, w.length = n ∧ combined (state m) i w = true
""",
}
"""What each claim says, in definitions."""
