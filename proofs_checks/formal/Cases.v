(* The lemma cases: a closed tree over all matrices of a family (splits, open ties, contradictions, statements). *)
From Exactdyn Require Export FamilyLemmas.
Import ListNotations.
Open Scope Q_scope.

Notation assumption := (comparison * (relation * list term))%type.
Record open := { o_token : nat; o_first : nat; o_other : nat; o_group : list bool }.
(* what is assumed of A on the way to a node, and the states and sets of layers 0, 1, ... that follow; idle tokens do not lead, no more is decided of them *)
Record path := { p_past : list layer; p_num : list (list Z); p_den : Z; p_sets : list (option (list bool)); p_idle : list nat;
                 p_known : list assumption; p_open : list open }.
Inductive aim := Nobody | Itinerary | Statement (e : everywhere).
Record goal := { g_description : description; g_ties : bool; g_aim : aim }.
Definition nothing_said (N : nat) : description := {| d_sets := repeat [] (S N); d_only := false; d_leaders := 0 |}.

Definition bool_list_eqb (a b : list bool) : bool := if list_eq_dec Bool.bool_dec a b then true else false.

Section Tree.
Variable f : family.
Variable g : goal.
Notation d := (length (f_base f)).
Notation n := (length (f_tokens f)).
Notation N := (last_layer (g_description g)).

Definition place (p : path) (i : nat) : vector := fun r => Qmake (zentry (p_num p) i r) (Z.to_pos (p_den p)).
Definition cmp (p : path) (i j l : nat) : list term := [(1, (place p i, place p j)); (-1, (place p i, place p l))].
Definition alike (p : path) (i a b : nat) : bool :=
  forallb (fun B => Qeq_bool (total d B (place p i) (place p a)) (total d B (place p i) (place p b))) (f_base f :: f_span f).
Definition group (p : path) (i r : nat) : list bool := map (alike p i r) (seq 0 n).
Definition first_alike (p : path) (i j : nat) : nat := match find (fun a => alike p i a j) (seq 0 n) with Some a => a | None => j end.
Definition reps (p : path) (i : nat) : list nat := filter (fun j => Nat.eqb (first_alike p i j) j) (seq 0 n).
Fixpoint set_nth {X} (l : list X) (i : nat) (x : X) : list X :=
  match l, i with [], _ => [] | _ :: t, O => x :: t | a :: t, S i' => a :: set_nth t i' x end.
Definition now (p : path) : nat := length (p_past p).
Definition deciding (p : path) (i : nat) (own : list bool) (known : list assumption) (o : list open) : path :=
  {| p_past := p_past p; p_num := p_num p; p_den := p_den p; p_sets := set_nth (p_sets p) i (Some own); p_idle := p_idle p;
     p_known := known ++ p_known p; p_open := o |}.
Definition idling (p : path) (i : nat) (known : list assumption) : path :=
  {| p_past := p_past p; p_num := p_num p; p_den := p_den p; p_sets := p_sets p; p_idle := i :: p_idle p;
     p_known := known ++ p_known p; p_open := p_open p |}.
Fixpoint orb_list (a b : list bool) : list bool := match a, b with x :: a', y :: b' => (x || y) :: orb_list a' b' | _, _ => [] end.

(* what is said of the scores of a token that attends this set *)
Definition attending (p : path) (i : nat) (own : list bool) : list assumption :=
  let j := first_true own in
  map (fun l => (Compare (now p) i j l, (if nth l own false then Zero else Positive, cmp p i j l))) (filter (fun l => negb (Nat.eqb l j)) (seq 0 n)).
Definition alone (i : nat) : list bool := map (Nat.eqb i) (seq 0 n).

Fixpoint positions (before : list nat) (l : list nat) : list (list nat * nat * list nat) :=
  match l with [] => [] | r :: t => (before, r, t) :: positions (before ++ [r]) t end.
Definition leading_cases (p : path) (i : nat) : list path :=
  if Nat.ltb 0 (d_leaders (g_description g)) then [deciding p i (alone i) (attending p i (alone i)) []; idling p i []]
  else map (fun j => idling p i [(Compare (now p) i j i, (NotNegative, cmp p i j i))]) (filter (fun j => negb (Nat.eqb j i)) (seq 0 n)).
Definition set_cases (p : path) (i : nat) : list path :=
  map (fun q : list nat * nat * list nat =>
          let '(before, r, after) := q in
          deciding p i (group p i r)
            (map (fun b => (Compare (now p) i r b, (Positive, cmp p i r b))) before ++
             map (fun b => (Compare (now p) i r b, (if g_ties g then NotNegative else Positive, cmp p i r b))) after)
            (if g_ties g then map (fun b => {| o_token := i; o_first := r; o_other := b; o_group := group p i b |}) after else []))
          (positions [] (reps p i)).
Definition split (p : path) (i : nat) : option (list path) :=
  match p_open p, nth i (p_sets p) None with
  | o :: later, Some own =>
      if Nat.eqb (o_token o) i then
        let k := Compare (now p) i (o_first o) (o_other o) in
        Some [deciding p i (orb_list own (o_group o)) [(k, (Zero, cmp p i (o_first o) (o_other o)))] later;
              deciding p i own [(k, (Positive, cmp p i (o_first o) (o_other o)))] later]
      else None
  | [], None =>
      if existsb (Nat.eqb i) (p_idle p) then None
      else if Nat.eqb (now p) N && (d_only (g_description g) || Nat.ltb 0 (d_leaders (g_description g))) then Some (leading_cases p i)
      else Some (set_cases p i)
  | _, _ => None
  end.

(* entering a layer: what the description says of it *)
Definition enter (past : list layer) (num : list (list Z)) (den : Z) (known : list assumption) : path :=
  let sets := map (given (g_description g) (length past)) (seq 0 n) in
  let p := {| p_past := past; p_num := num; p_den := den; p_sets := sets; p_idle := []; p_known := known; p_open := [] |} in
  {| p_past := past; p_num := num; p_den := den; p_sets := sets; p_idle := [];
     p_known := flat_map (fun i => match given (g_description g) (length past) i with Some own => attending p i own | None => [] end) (seq 0 n) ++ known; p_open := [] |}.
Definition root : path := enter [] (zmatrix (f_tokens f)) (zden (f_tokens f)) [].
Definition all_decided (p : path) : bool :=
  match p_open p with [] => forallb (fun o : option (list bool) => match o with Some _ => true | None => false end) (p_sets p) | _ => false end.
Definition owns (p : path) : list (list bool) := map (fun o => match o with Some own => own | None => [] end) (p_sets p).
Definition here (p : path) : layer := {| l_num := p_num p; l_den := p_den p; l_att := owns p |}.
Definition family_tau : Q := Qred (f_alpha f / (1 + f_alpha f)).
Definition moves_on (p : path) : bool := all_decided p && Nat.ltb (now p) N.
Definition advance (p : path) : path :=
  let (num, den) := zstep d family_tau (p_num p) (p_den p) (owns p) in enter (p_past p ++ [here p]) num den (p_known p).
Fixpoint advances (fuel : nat) (p : path) : path :=
  match fuel with O => p | S m => if moves_on p then advances m (advance p) else p end.

(* contradictions *)
Definition comparison_eqb (a b : comparison) : bool :=
  match a, b with
  | Compare a1 a2 a3 a4, Compare b1 b2 b3 b4 => Nat.eqb a1 b1 && Nat.eqb a2 b2 && Nat.eqb a3 b3 && Nat.eqb a4 b4
  | Grown a1 a2, Grown b1 b2 => Nat.eqb a1 b1 && Nat.eqb a2 b2
  | _, _ => false
  end.
Definition lookup (known : list assumption) (k : comparison) : option (relation * list term) :=
  match find (fun q : assumption => comparison_eqb (fst q) k) known with Some q => Some (snd q) | None => None end.
Definition closes_b (known : list assumption) (data : contradiction_data) : bool :=
  forallb (fun q : comparison * Q => match lookup known (fst q) with Some _ => true | None => false end) (fst data) &&
  forallb (fun q : Q * list Q => Nat.eqb (length (snd q)) d) (snd data) &&
  contradiction f (flat_map (fun q : comparison * Q => match lookup known (fst q) with Some a => [(snd q, a)] | None => [] end) (fst data))
    (map (fun q : Q * list Q => (fst q, vec (snd q))) (snd data)).

(* growth: no matrix is left for which <Az, z> fails to grow as a token moves from p to q *)
Definition growth_b (p q : path) (leaves : list contradiction_data) : bool :=
  let moving := filter (fun i => negb (same_b d (place p i) (place q i))) (seq 0 n) in
  Nat.eqb (length leaves) (length moving) &&
  forallb (fun e : nat * contradiction_data => let i := fst e in
    closes_b ((Grown (now p) i, (NotNegative, [(1, (place p i, place p i)); (-1, (place q i, place q i))])) :: p_known q) (snd e))
    (combine moving leaves).

(* where tokens may go next, whatever the sets: no two meet *)
Fixpoint unions (base : list bool) (groups : list (list bool)) : list (list bool) :=
  match groups with [] => [base] | a :: rest => unions base rest ++ map (orb_list a) (unions base rest) end.
Definition open_sets (p : path) (i : nat) : list (list bool) :=
  match nth i (p_sets p) None with
  | Some own => unions own (map o_group (filter (fun o => Nat.eqb (o_token o) i) (p_open p)))
  | None => unions (map (fun _ => false) (seq 0 n)) (map (group p i) (reps p i))
  end.
Definition mean_of (p : path) (own : list bool) (r : nat) : Q :=
  reduced_sum n (fun j => if nth j own false then place p j r else 0) / reduced_sum n (fun j => if nth j own false then 1 else 0).
Definition next_places (p : path) (i : nat) : list (list Q) :=
  map (fun own => map (fun r => Qred (place p i r + family_tau * (mean_of p own r - place p i r))) (seq 0 d))
    (filter (existsb (fun b => b)) (open_sets p i)).
Fixpoint list_same (x y : list Q) : bool := match x, y with [], [] => true | a :: x', b :: y' => Qeq_bool a b && list_same x' y' | _, _ => false end.
Definition disjoint_b (a b : list (list Q)) : bool := forallb (fun x => negb (existsb (list_same x) b)) a.
Definition apart_b (p : path) : bool :=
  let places := map (next_places p) (seq 0 n) in
  below n (fun i => below i (fun j => same_b d (place p i) (place p j) || disjoint_b (nth i places []) (nth j places []))).

(* leaves; what a rule asks of the run does not depend on A *)
Definition rule_b (r : everywhere) (ls : list layer) (M : nat) (c : claim) : bool :=
  match r, c with
  | AllHull, HullLayers _ | AllPersist, PersistLayers | AllApart, ApartLayers | AllExtreme, ExtremeLayers _ =>
      check_claim (member_lists f (fun _ => 0)) M ls c
  | AllNorm, NormLayers => true
  | _, _ => false
  end.
Definition needs_no_sets (r : everywhere) : bool := match r with AllHull | AllNorm | AllApart => true | _ => false end.
Definition holds_b (p : path) (c : claim) : bool :=
  match g_aim g with
  | Statement r =>
      Nat.eqb (now p) N && (all_decided p || needs_no_sets r) && rule_b r (p_past p ++ [here p]) N c ||
      match r with AllApart => Nat.eqb (S (now p)) N && rule_b r (p_past p ++ [here p]) (now p) c && apart_b p | _ => false end
  | _ => false
  end.
Definition definite_b (x : list Q) (lower : list (list Q)) (diagonal : list Q) : bool :=
  let s := member_lists f (vec x) in
  match f_class f with
  | General => true
  | SymmetricOnly => symmetric_b s
  | Signed negative strict part => (part || symmetric_b s) && factorisation_b (if negative then negated s else s) strict lower diagonal
  end.
Definition member_b (m : member_data) : bool := Nat.eqb (length (m_at m)) (length (f_span f)) && definite_b (m_at m) (m_lower m) (m_diagonal m).
Definition run_of (m : member_data) : list layer := build (member_lists f (vec (m_at m))) N.
Definition same_sets (ls : list layer) (it : list (list (list bool))) : bool :=
  if list_eq_dec (list_eq_dec (list_eq_dec Bool.bool_dec)) (map l_att ls) it then true else false.
Definition itinerary_here (p : path) : list (list (list bool)) := map l_att (p_past p) ++ [owns p].
Definition listed_b (p : path) (m : member_data) : bool :=
  match g_aim g with Itinerary => Nat.eqb (now p) N && all_decided p && member_b m && same_sets (run_of m) (itinerary_here p) | _ => false end.
Definition too_few_b (p : path) : bool :=
  Nat.eqb (now p) N && match p_open p with [] => true | _ => false end &&
  Nat.ltb n (d_leaders (g_description g) + (length (p_idle p) +
    length (filter (fun i => match nth i (p_sets p) None with Some own => negb (bool_list_eqb own (alone i)) | None => false end) (seq 0 n)))).

Definition grows_on_the_way : bool := match g_aim g with Statement AllNorm => true | _ => false end.
Definition arrived (p : path) : path := if grows_on_the_way then p else advances (S N) p.
Fixpoint check_tree (t : tree) (p0 : path) : bool :=
  match t with
  | Split i cases =>
      Nat.ltb i n &&
      match split (arrived p0) i with
      | Some paths => (fix all (ts : list tree) (ps : list path) : bool :=
          match ts, ps with [], [] => true | t' :: ts', p' :: ps' => check_tree t' p' && all ts' ps' | _, _ => false end) cases paths
      | None => false
      end
  | Contradiction data => closes_b (p_known (advances (S N) p0)) data
  | Growth leaves below => grows_on_the_way && moves_on p0 && let p := advance p0 in growth_b p0 p leaves && check_tree below p
  | Holds c => holds_b (arrived p0) c
  | Member m => listed_b (arrived p0) m
  | TooFew => too_few_b (arrived p0)
  end.
Fixpoint itineraries_at (t : tree) (p0 : path) : list (list (list (list bool))) :=
  match t with
  | Split i cases =>
      match split (arrived p0) i with
      | Some paths => (fix all (ts : list tree) (ps : list path) : list (list (list (list bool))) :=
          match ts, ps with t' :: ts', p' :: ps' => itineraries_at t' p' ++ all ts' ps' | _, _ => [] end) cases paths
      | None => []
      end
  | Member m => [itinerary_here (arrived p0)]
  | _ => []
  end.
Definition family_wellformed : bool :=
  wellformed (member_lists f (fun _ => 0)) && negb (Nat.eqb (length (d_sets (g_description g))) 0) &&
  forallb (forallb (fun o : option (list bool) => match o with Some own => Nat.eqb (length own) n && existsb (fun b => b) own | None => true end))
    (d_sets (g_description g)).
Definition closed_b (t : tree) : bool := family_wellformed && check_tree t root.
End Tree.
