(* All matrices of a class at once: the definitions. ../FORMAT.md, section All matrices, for version 1. *)
From Exactdyn Require Export Certificates.
Open Scope Q_scope.

(* Signed negative strict part: s <Ax, x> >= 0 for every x, or > 0 for every x <> 0, with s = -1 or 1; A is symmetric, or no more than a part of it is meant. *)
Inductive class := General | SymmetricOnly | Signed (negative strict part : bool).
Definition sign (negative : bool) : Q := if negative then -1 else 1.
Definition admits (c : class) (s : system) : Prop :=
  match c with
  | General => True
  | SymmetricOnly => symmetric s
  | Signed negative strict part => (part = false -> symmetric s) /\
      if strict then forall x, ~ same s x (fun _ => 0) -> 0 < sign negative * form s x x
      else forall x, 0 <= sign negative * form s x x
  end.

(* The family base + sum x_p B_p, and its member at x. *)
Record family := { f_class : class; f_base : list (list Q); f_span : list (list (list Q)); f_alpha : Q; f_tokens : list (list Q) }.
Definition member_entry (f : family) (x : nat -> Q) (i j : nat) : Q :=
  Qred (entry (f_base f) i j + sum (length (f_span f)) (fun p => x p * entry (nth p (f_span f) []) i j)).
Definition member_lists (f : family) (x : nat -> Q) : listed :=
  let d := length (f_base f) in
  {| listed_A := map (fun i => map (member_entry f x i) (seq 0 d)) (seq 0 d); listed_alpha := f_alpha f; listed_tokens := f_tokens f |}.
Definition member (f : family) (x : nat -> Q) : system := system_of (member_lists f x).

(* What is said of every matrix. *)
Inductive everywhere := AllHull | AllNorm | AllPersist | AllApart | AllExtreme | AllConverge.
Definition statement (e : everywhere) (s : system) (scope : option nat) : Prop :=
  match e with
  | AllHull => hull_shrinkage s scope | AllNorm => norm_growth s scope | AllPersist => leaders_persist s scope
  | AllApart => distinctness_preserved s scope | AllExtreme => leaders_extreme s scope
  | AllConverge => forall i, (i < size s)%nat -> converges s i
  end.

(* A description: the sets of some tokens at the layers 0..N (a set as n booleans); whether no other tokens lead at layer N; how many do at least. *)
Record description := { d_sets : list (list (option (list bool))); d_only : bool; d_leaders : nat }.
Definition last_layer (g : description) : nat := pred (length (d_sets g)).
Definition given (g : description) (k i : nat) : option (list bool) := nth i (nth k (d_sets g) []) None.
Definition as_described (s : system) (g : description) : Prop :=
  (forall k i own, (k <= last_layer g)%nat -> (i < size s)%nat -> given g k i = Some own ->
     forall j, (j < size s)%nat -> (attends s (run s k) i j <-> nth j own false = true)) /\
  (d_only g = true -> forall i, (i < size s)%nat -> leader s (last_layer g) i -> given g (last_layer g) i <> None) /\
  (exists l, length l = d_leaders g /\ NoDup l /\ forall i, In i l -> (i < size s)%nat /\ leader s (last_layer g) i).

(* An itinerary: the sets of all tokens at the layers 0..N. *)
Definition has_itinerary (s : system) (N : nat) (it : list (list (list bool))) : Prop :=
  forall k i j, (k <= N)%nat -> (i < size s)%nat -> (j < size s)%nat ->
    (attends s (run s k) i j <-> nth j (nth i (nth k it []) []) false = true).

(* A matrix of the family is without avoidable ties if tokens tie for one that they tie for with all matrices that the class admits. *)
Definition no_avoidable_ties (f : family) (x : nat -> Q) (N : nat) : Prop := let s := member f x in
  forall k i a b, (k <= N)%nat -> (i < size s)%nat -> attends s (run s k) i a -> attends s (run s k) i b ->
    forall y, admits (f_class f) (member f y) ->
      form (member f y) (run s k i) (run s k a) == form (member f y) (run s k i) (run s k b).

(* Certificates about a family. *)
Record member_data := { m_at : list Q; m_lower : list (list Q); m_diagonal : list Q }.
Inductive comparison := Compare (layer token first other : nat) | Grown (layer token : nat).
Definition contradiction_data := (list (comparison * Q) * list (Q * list Q))%type.     (* weights, cuts *)
Inductive tree :=
  | Split (token : nat) (cases : list tree)
  | Contradiction (data : contradiction_data)
  | Growth (leaves : list contradiction_data) (below : tree)
  | Holds (evidence : claim)
  | Member (data : member_data)
  | TooFew.
Inductive family_claim :=
  | Unrealised (g : description) (t : tree)
  | Realised (g : description) (m : member_data)
  | Itineraries (N : nat) (ties : bool) (members : list member_data) (t : tree)
  | AllByLemma (e : everywhere)
  | AllOnLayers (e : everywhere) (N : nat) (ties : bool) (members : list member_data) (t : tree).
