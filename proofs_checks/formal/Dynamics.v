(* The definitions. Whoever reads this file, and what a theorem says in its words, knows what is proved.
   They are those of ../FORMAT.md, sections System, Hypotheses, Statements, for version 1.

   All numbers are rational: entries, tokens, weights, and the points x, y, z over which a definition quantifies. All states are rational, so
   statements about tokens are what they seem to be. What is said of points is said of the rational ones:
   positive_definite, hull, extreme, limit_polytope, vertex_of, in_S, finite, interior speak of rational x, y, z, t and weights. In particular
   "S is finite" counts the rational points of S. That the same holds of real points is linear algebra (a semidefinite rational form vanishes on a
   rational subspace; a rational polytope has rational vertices) that is not proved here. *)
Require Export QArith Qabs Lqa Lia Bool List Setoid Morphisms.
Export ListNotations.
Open Scope Q_scope.

Fixpoint sum (n : nat) (f : nat -> Q) : Q := match n with O => 0 | S m => sum m f + f m end.   (* f 0 + ... + f (n-1) *)
Definition convex (n : nat) (w : nat -> Q) : Prop := (forall j, (j < n)%nat -> 0 <= w j) /\ sum n w == 1.

Definition vector := nat -> Q.          (* coordinates 0 .. d-1 count *)
Definition state := nat -> vector.      (* tokens 0 .. n-1 count *)

Record system := System { dim : nat; size : nat; A : nat -> nat -> Q; alpha : Q; tokens : state }.

Section Definitions.
Variable s : system.
Let d := dim s.
Let n := size s.

Definition tau : Q := alpha s / (1 + alpha s).
Definition dot (x y : vector) : Q := sum d (fun r => x r * y r).
Definition image (x : vector) : vector := fun r => dot (A s r) x.
Definition form (x y : vector) : Q := dot (image x) y.                   (* <Ax, y> *)
Definition same (x y : vector) : Prop := forall r, (r < d)%nat -> x r == y r.

(* One layer. Y is a state. *)
Definition attends (Y : state) (i j : nat) : Prop :=                     (* j is in C_i *)
  (j < n)%nat /\ forall l, (l < n)%nat -> form (Y i) (Y l) <= form (Y i) (Y j).
Definition attends_b (Y : state) (i j : nat) : bool :=                   (* the same, decided: lemma attends_spec *)
  forallb (fun l => Qle_bool (form (Y i) (Y l)) (form (Y i) (Y j))) (seq 0 n).
Definition number (Y : state) (i : nat) : Q := sum n (fun j => if attends_b Y i j then 1 else 0).
Definition attended (Y : state) (i : nat) : vector :=                    (* c_i *)
  fun r => sum n (fun j => if attends_b Y i j then Y j r else 0) / number Y i.
Definition step (Y : state) : state := fun i r => Y i r + tau * (attended Y i r - Y i r).
Fixpoint run (k : nat) : state := match k with O => tokens s | S m => step (run m) end.

Definition leader (k i : nat) : Prop := forall j, (j < n)%nat -> (attends (run k) i j <-> j = i).
Definition hull (Y : state) (x : vector) : Prop :=
  exists w, convex n w /\ forall r, (r < d)%nat -> x r == sum n (fun j => w j * Y j r).
Definition extreme (Y : state) (x : vector) : Prop :=
  hull Y x /\ forall y z t, hull Y y -> hull Y z -> 0 < t -> t < 1 ->
    same x (fun r => (1 - t) * y r + t * z r) -> same y x /\ same z x.

(* Hypotheses. *)
Definition symmetric := forall i j, (i < d)%nat -> (j < d)%nat -> A s i j == A s j i.
Definition positive_definite := forall x, ~ same x (fun _ => 0) -> 0 < form x x.
Definition positive_semidefinite := forall x, 0 <= form x x.
Definition positive_alpha := 0 < alpha s.
Definition nonzero_tokens := forall i, (i < n)%nat -> ~ same (tokens s i) (fun _ => 0).
Definition distinct_tokens := forall i j, (i < n)%nat -> (j < n)%nat -> i <> j -> ~ same (tokens s i) (tokens s j).

(* Statements about layers: Some N, on the layers 0..N; None, on every layer. *)
Definition within (scope : option nat) (k : nat) : Prop := match scope with Some N => (k <= N)%nat | None => True end.
Definition hull_shrinkage scope := forall k, within scope (S k) -> forall x, hull (run (S k)) x -> hull (run k) x.
Definition norm_growth scope := forall k i, within scope (S k) -> (i < n)%nat ->
  form (run k i) (run k i) <= form (run (S k) i) (run (S k) i) /\
  (form (run (S k) i) (run (S k) i) == form (run k i) (run k i) -> same (run (S k) i) (run k i)).
Definition leaders_persist scope := forall k m i, (k <= m)%nat -> within scope m -> (i < n)%nat ->
  leader k i -> leader m i /\ same (run m i) (run k i).
Definition distinctness_preserved scope := forall k i j, within scope (S k) ->
  (i < n)%nat -> (j < n)%nat -> ~ same (run k i) (run k j) -> ~ same (run (S k) i) (run (S k) j).
Definition leaders_extreme scope := forall k m i, (k <= m)%nat -> within scope m -> (i < n)%nat ->
  leader k i -> extreme (run m) (run m i).

(* Statements about the limit. It may be irrational: Cauchy's condition. *)
Definition converges i := forall eps, 0 < eps -> exists M, forall m m' r,
  (M <= m)%nat -> (M <= m')%nat -> (r < d)%nat -> Qabs (run m i r - run m' i r) <= eps.
Definition tends (i : nat) (x : vector) : Prop := forall eps, 0 < eps -> exists M, forall m r,
  (M <= m)%nat -> (r < d)%nat -> Qabs (run m i r - x r) <= eps.
Definition attention_settles := exists k, forall m i j, (k <= m)%nat -> (i < n)%nat ->
  (attends (run m) i j <-> attends (run k) i j).

Definition limit_polytope (x : vector) : Prop := forall k, hull (run k) x.                     (* K *)
Definition vertex_of (K : vector -> Prop) (x : vector) : Prop :=
  K x /\ forall y z t, K y -> K z -> 0 < t -> t < 1 ->
    same x (fun r => (1 - t) * y r + t * z r) -> same y x /\ same z x.
Definition leader_vertex : Prop :=
  (exists k i, (i < n)%nat /\ leader k i) /\
  (forall k i, (i < n)%nat -> leader k i -> vertex_of limit_polytope (run k i)) /\
  (forall k l i j, (i < n)%nat -> (j < n)%nat -> leader k i -> leader l j -> same (run k i) (run l j) -> i = j) /\
  (forall v, vertex_of limit_polytope v -> exists k i, (i < n)%nat /\ leader k i /\ same (run k i) v).
Definition in_S (x : vector) : Prop :=
  limit_polytope x /\ ~ same x (fun _ => 0) /\ forall y, limit_polytope y -> form x y <= form x x.
Definition finite (P : vector -> Prop) : Prop := exists m, forall l : list vector,
  (forall x, In x l -> P x) -> ForallOrdPairs (fun x y => ~ same x y) l -> (length l <= m)%nat.
Definition interior (K : vector -> Prop) (x : vector) : Prop := exists eps, 0 < eps /\
  forall y, (forall r, (r < d)%nat -> Qabs (y r - x r) <= eps) -> K y.
Definition limit_set : Prop :=
  (forall i, (i < n)%nat -> exists x, tends i x /\ in_S x) /\ finite in_S /\
  (forall x, in_S x -> ~ interior limit_polytope x).
End Definitions.

(* The system that a certificate states by lists of numbers. *)
Record listed := { listed_A : list (list Q); listed_alpha : Q; listed_tokens : list (list Q) }.
Definition entry (m : list (list Q)) (i j : nat) : Q := nth j (nth i m []) 0.
Definition system_of (s : listed) : system :=
  System (length (listed_A s)) (length (listed_tokens s)) (entry (listed_A s)) (listed_alpha s) (entry (listed_tokens s)).
