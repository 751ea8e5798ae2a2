(* Every rule for claims about one system: when it is accepted. *)
From Exactdyn Require Export Rigid.
Import ListNotations.
Open Scope Q_scope.

Definition exposes_b d n (f : vector) (l : layer) (i : nat) : bool :=
  below n (fun j => same_b d (point l j) (point l i) || Qlt_bool (reduced_dot d f (point l j)) (reduced_dot d f (point l i))).
Definition grows (s : listed) (a b : layer) (i : nat) : bool :=
  let d := length (listed_A s) in
  let before := reduced_form s (point a i) (point a i) in let after := reduced_form s (point b i) (point b i) in
  Qlt_bool before after || (Qeq_bool before after && same_b d (point b i) (point a i)).
Definition chain (ls : list layer) (N : nat) (f : nat -> layer -> layer -> bool) : bool :=
  Nat.ltb N (length ls) && below N (fun k => f k (layer_at ls k) (layer_at ls (S k))).
Definition first_lead (n : nat) (ls : list layer) (N i : nat) : option nat :=
  find (fun k => leads n (layer_at ls k) i) (seq 0 (S N)).
Definition leaders_named n ls N (every : bool) (named : list (nat * nat * list (list Q))) : bool :=
  Nat.ltb N (length ls) &&
  Nat.eqb (length (nodup Nat.eq_dec (map (fun e => fst (fst e)) named))) (length named) &&
  below n (fun i => match first_lead n ls N i with
                    | None => true
                    | Some k => existsb (fun e => Nat.eqb (fst (fst e)) i && Nat.eqb (snd (fst e)) k) named
                    end) &&
  forallb (fun e => Nat.ltb (fst (fst e)) n && match first_lead n ls N (fst (fst e)) with
                    | Some k => Nat.eqb (snd (fst e)) k | None => false end
                    && Nat.eqb (length (snd e)) (if every then 1 else N - snd (fst e) + 1)) named.
Definition exposed_named d n ls (named : list (nat * nat * list (list Q))) : bool :=
  forallb (fun e => below (length (snd e)) (fun t =>
     let f := nth t (snd e) [] in
     Nat.eqb (length f) d && exposes_b d n (vec f) (layer_at ls (snd (fst e) + t)) (fst (fst e)))) named.

Definition combine_b (ls : list layer) (k p : nat) (w : list Q) (r i x : nat) : Q :=
  reduced_sum (length w) (fun j => nth j w 0 * point (layer_at ls (k + (r + p * j))) i x).
Definition equal_combinations (n d : nat) (f g : nat -> nat -> Q) : bool :=
  below n (fun i => below d (fun x => Qeq_bool (f i x) (g i x))).

Definition diverges_b (s : listed) (ls : list layer) (it : itinerary) (w : list Q) (factor : Q) (i r : nat) : bool :=
  let d := length (listed_A s) in
  let n := length (listed_tokens s) in
  let k := it_layer it in let p := it_period it in let f := combine_b ls k p w in
  itinerary_b s ls it && Nat.ltb (k + (p + p * length w)) (length ls) && Nat.ltb i n && Nat.ltb r p &&
  existsb (fun x => negb (Qeq_bool x 0)) w &&
  equal_combinations n d (f p) (fun i x => factor * f O i x) &&
  (if Nat.eqb r 0 then (Qlt_bool 1 factor || (Qeq_bool factor 1 && Qeq_bool (reduced_sum (length w) (fun j => nth j w 0)) 0)) &&
                       negb (same_b d (f O i) (fun _ => 0))
   else Qeq_bool factor 1 && negb (same_b d (f r i) (f O i))).
(* the itinerary repeats for ever, and the combination is at rest *)
Definition rest_b (s : listed) (ls : list layer) (it : itinerary) (w : list Q) : bool :=
  let k := it_layer it in let p := it_period it in let f := combine_b ls k p w in
  itinerary_b s ls it && Nat.ltb (k + (p + p * length w)) (length ls) && Qeq_bool (reduced_sum (length w) (fun j => nth j w 0)) 1 &&
  Qle_bool 0 (listed_alpha s) && equal_combinations (length (listed_tokens s)) (length (listed_A s)) (f p) (f O).
Definition exposes_limit d n (f : vector) (l : state) (i : nat) : bool :=
  below n (fun j => same_b d (l j) (l i) || Qlt_bool (reduced_dot d f (l j)) (reduced_dot d f (l i))).
Definition belongs_b (s : listed) n (l : state) (i : nat) : bool :=
  negb (same_b (length (listed_A s)) (l i) (fun _ => 0)) && below n (fun j => Qle_bool (reduced_form s (l i) (l j)) (reduced_form s (l i) (l i))).
(* what is asked of the ends l of all tokens; lead: who leads *)
Definition vertex_b d n (lead : nat -> bool) (l : state) (functionals : list (list Q)) (combinations : list pairs) : bool :=
  let leaders := filter lead (seq 0 n) in
  Nat.eqb (length functionals) (length leaders) && rect functionals d &&
  forallb (fun q : nat * list Q => exposes_limit d n (vec (snd q)) l (fst q)) (combine leaders functionals) &&
  Nat.eqb (length combinations) n &&
  below n (fun i => is_combination d n (nth i combinations []) l (l i) && forallb (fun q => lead (fst q)) (nth i combinations [])).
Definition unled_b d n (lead : nat -> bool) (l : state) (i : nat) (f : list Q) : bool :=
  Nat.ltb i n && Nat.eqb (length f) d && exposes_limit d n (vec f) l i && below n (fun j => negb (lead j && same_b d (l j) (l i))).
Definition all_belong_b (s : listed) n (l : state) : bool := below n (belongs_b s n l).
Definition rigid_ends_b (s : listed) (l : state) : bool :=
  let d := length (listed_A s) in
  let firsts := filter (fun i => below i (fun j => negb (same_b d (l i) (l j)))) (seq 0 (length (listed_tokens s))) in
  rigid_b (system_of s) (length firsts) (fun j => l (nth j firsts O)) (reduced_form s).
Definition astray_b (s : listed) n (l : state) (i : nat) (limit : list Q) : bool :=
  Nat.ltb i n && Nat.eqb (length limit) (length (listed_A s)) && same_b (length (listed_A s)) (vec limit) (l i) && negb (belongs_b s n l i).
(* computed once *)
Definition tabulate (n d : nat) (l : state) : list (list Q) := map (fun i => map (l i) (seq 0 d)) (seq 0 n).

Definition ends_of (s : listed) (ls : list layer) (it : itinerary) (w : list Q) : state :=
  entry (tabulate (length (listed_tokens s)) (length (listed_A s)) (combine_b ls (it_layer it) (it_period it) w O)).
Definition phases_rest (s : listed) (ls : list layer) (it : itinerary) (w : list Q) (l : state) : bool :=
  below (it_period it) (fun r => equal_combinations (length (listed_tokens s)) (length (listed_A s)) (combine_b ls (it_layer it) (it_period it) w r) l).
(* every token is in the basin of a leading point *)
Definition target_of (b : basin_data) (i : nat) : nat := nth i (b_targets b) O.
Definition basin_ends (s : listed) (ls : list layer) (b : basin_data) : state :=
  entry (tabulate (length (listed_tokens s)) (length (listed_A s)) (fun i => point (layer_at ls (b_layer b)) (target_of b i))).
Definition basin_b (s : listed) (ls : list layer) (b : basin_data) : bool :=
  let d := length (listed_A s) in let n := length (listed_tokens s) in let a := layer_at ls (b_layer b) in
  let score i j := reduced_form s (point a i) (point a j) in
  Nat.ltb (b_layer b) (length ls) && Nat.eqb (length (b_targets b)) n && forallb (fun p => Nat.ltb p n) (b_targets b) &&
  Qlt_bool 0 (listed_alpha s) && factorisation_b s false (b_lower b) (b_diagonal b) &&
  below n (fun i => let p := target_of b i in
    follows a p p && below n (fun j => implb (follows a p j) (same_b d (point a j) (point a p) && Nat.eqb (target_of b j) p)) &&
    below n (fun j => Nat.eqb (target_of b j) p || Qlt_bool (score i j) (score i p)) && (follows a p i || Qlt_bool (score i i) (score i p))).

(* steps lead away from what is attended *)
Definition spreads_b (s : listed) (ls : list layer) (lower : list (list Q)) (diagonal : list Q) (k i a b : nat) : bool :=
  let n := length (listed_tokens s) in let l := layer_at ls k in
  Nat.ltb k (length ls) && Nat.ltb i n && Nat.ltb a n && Nat.ltb b n && Qlt_bool (tau_of s) 0 && factorisation_b (negated s) false lower diagonal &&
  Qlt_bool (reduced_form s (point l i) (point l b)) (reduced_form s (point l i) (point l a)).

Definition check_claim (s : listed) (N : nat) (ls : list layer) (c : claim) : bool :=
  let d := length (listed_A s) in
  let n := length (listed_tokens s) in
  match c with
  | SymmetricHolds => symmetric_b s
  | SymmetricFails i j a b => Nat.ltb i d && Nat.ltb j d && Qeq_bool a (entry (listed_A s) i j) && Qeq_bool b (entry (listed_A s) j i) && negb (Qeq_bool a b)
  | DefiniteHolds lower diagonal => factorisation_b s true lower diagonal
  | DefiniteFails x v => Nat.eqb (length x) d && negb (same_b d (vec x) (fun _ => 0)) && Qeq_bool v (reduced_form s (vec x) (vec x)) && Qle_bool v 0
  | AlphaHolds => Qlt_bool 0 (listed_alpha s)
  | AlphaFails a => Qeq_bool a (listed_alpha s) && Qle_bool a 0
  | NonzeroHolds => below n (fun i => negb (same_b d (entry (listed_tokens s) i) (fun _ => 0)))
  | NonzeroFails i => Nat.ltb i n && same_b d (entry (listed_tokens s) i) (fun _ => 0)
  | DistinctHolds => below n (fun i => below i (fun j => negb (same_b d (entry (listed_tokens s) i) (entry (listed_tokens s) j))))
  | DistinctFails i j => Nat.ltb i n && Nat.ltb j n && negb (Nat.eqb i j) && same_b d (entry (listed_tokens s) i) (entry (listed_tokens s) j)
  | HullEvery => Qle_bool 0 (listed_alpha s)
  | HullLayers weights => Nat.eqb (length weights) N && forallb (fun l => Nat.eqb (length l) n) weights &&
      chain ls N (fun k a b => below n (fun i => is_combination d n (nth i (nth k weights []) []) (point a) (point b i)))
  | HullFails k i f before after =>
      Nat.ltb k N && Nat.ltb (S k) (length ls) && Nat.ltb i n && Nat.eqb (length f) d &&
      below n (fun j => Qle_bool (reduced_dot d (vec f) (point (layer_at ls k) j)) before) &&
      existsb (fun j => Qeq_bool (reduced_dot d (vec f) (point (layer_at ls k) j)) before) (seq 0 n) &&
      Qeq_bool after (reduced_dot d (vec f) (point (layer_at ls (S k)) i)) && Qlt_bool before after
  | NormEvery lower diagonal => symmetric_b s && factorisation_b s true lower diagonal && Qle_bool 0 (tau_of s)
  | NormLayers => chain ls N (fun _ a b => below n (grows s a b))
  | NormFails k i before after =>
      Nat.ltb k N && Nat.ltb (S k) (length ls) && Nat.ltb i n &&
      Qeq_bool before (reduced_form s (point (layer_at ls k) i) (point (layer_at ls k) i)) &&
      Qeq_bool after (reduced_form s (point (layer_at ls (S k)) i) (point (layer_at ls (S k)) i)) && negb (grows s (layer_at ls k) (layer_at ls (S k)) i)
  | PersistEvery => Qle_bool 0 (listed_alpha s)
  | PersistLayers => chain ls N (fun _ a b => below n (fun i => implb (leads n a i) (leads n b i)))
  | PersistFails i k m j => Nat.ltb i n && Nat.ltb j n && Nat.ltb k m && Nat.leb m N && Nat.ltb m (length ls) &&
      leads n (layer_at ls k) i && negb (Nat.eqb i j) && follows (layer_at ls m) i j
  | PersistMoves i k m p => Nat.ltb i n && Nat.ltb k m && Nat.leb m N && Nat.ltb m (length ls) && Nat.eqb (length p) d &&
      leads n (layer_at ls k) i && same_b d (point (layer_at ls m) i) (vec p) && negb (same_b d (point (layer_at ls m) i) (point (layer_at ls k) i))
  | ApartEvery lower diagonal => factorisation_b s false lower diagonal && Qle_bool 0 (listed_alpha s)
  | ApartLayers => Nat.ltb N (length ls) && below n (fun i => below i (fun j =>
      negb (same_b d (point (layer_at ls N) i) (point (layer_at ls N) j)) || same_b d (point (layer_at ls 0) i) (point (layer_at ls 0) j)))
  | ApartFails k i j p => Nat.ltb k N && Nat.ltb (S k) (length ls) && Nat.ltb i n && Nat.ltb j n && Nat.eqb (length p) d &&
      negb (same_b d (point (layer_at ls k) i) (point (layer_at ls k) j)) &&
      same_b d (point (layer_at ls (S k)) i) (vec p) && same_b d (point (layer_at ls (S k)) j) (vec p)
  | ExtremeEvery named => Qle_bool 0 (listed_alpha s) && leaders_named n ls N true named && exposed_named d n ls named
  | ExtremeLayers named => leaders_named n ls N false named && exposed_named d n ls named
  | ExtremeFails i k m w => Nat.ltb i n && Nat.leb k m && Nat.leb m N && Nat.ltb m (length ls) && leads n (layer_at ls k) i &&
      is_combination d n w (point (layer_at ls m)) (point (layer_at ls m) i) &&
      forallb (fun p => negb (same_b d (point (layer_at ls m) (fst p)) (point (layer_at ls m) i))) w
  | ConvergenceHolds it w limits =>
      let k := it_layer it in let p := it_period it in let f := combine_b ls k p w in
      itinerary_b s ls it && Nat.ltb (k + (p + p * length w)) (length ls) && Qeq_bool (reduced_sum (length w) (fun j => nth j w 0)) 1 &&
      (Qle_bool 0 (listed_alpha s) || (Nat.eqb (length w) 1 && Qeq_bool (nth 0 w 0) 1)) &&
      Nat.eqb (length limits) n && rect limits d &&
      equal_combinations n d (f p) (f O) && equal_combinations n d (entry limits) (f O) &&
      below p (fun r => equal_combinations n d (f r) (f O))
  | ConvergenceConsensus lower diagonal => factorisation_b (negated s) true lower diagonal && Qlt_bool 0 (listed_alpha s)
  | ConvergenceBasin b limits => basin_b s ls b && Nat.eqb (length limits) n && rect limits d && equal_combinations n d (entry limits) (basin_ends s ls b)
  | ConvergenceFails it w factor i r => diverges_b s ls it w factor i r
  | ConvergenceSpreads lower diagonal k i a b => spreads_b s ls lower diagonal k i a b
  | VertexHolds it w functionals combinations =>
      rest_b s ls it w && vertex_b d n (leads n (layer_at ls (it_layer it))) (ends_of s ls it w) functionals combinations
  | VertexFails it w i f => rest_b s ls it w && unled_b d n (leads n (layer_at ls (it_layer it))) (ends_of s ls it w) i f
  | VertexBasin b functionals combinations =>
      basin_b s ls b && vertex_b d n (leads n (layer_at ls (b_layer b))) (basin_ends s ls b) functionals combinations
  | VertexBasinFails b i f => basin_b s ls b && unled_b d n (leads n (layer_at ls (b_layer b))) (basin_ends s ls b) i f
  | LimitSetHolds it w lower diagonal => let l := ends_of s ls it w in
      rest_b s ls it w && factorisation_b s true lower diagonal && phases_rest s ls it w l && all_belong_b s n l
  | LimitSetRigid it w => let l := ends_of s ls it w in
      rest_b s ls it w && rigid_ends_b s l && phases_rest s ls it w l && all_belong_b s n l
  | LimitSetFails it w i limit => rest_b s ls it w && astray_b s n (ends_of s ls it w) i limit
  | LimitSetBasin b lower diagonal => let l := basin_ends s ls b in
      basin_b s ls b && factorisation_b s true lower diagonal && all_belong_b s n l
  | LimitSetBasinRigid b => let l := basin_ends s ls b in basin_b s ls b && rigid_ends_b s l && all_belong_b s n l
  | LimitSetBasinFails b i limit => basin_b s ls b && astray_b s n (basin_ends s ls b) i limit
  | LimitSetDiverges it w factor i r => diverges_b s ls it w factor i r
  | LimitSetSpreads lower diagonal k i a b => spreads_b s ls lower diagonal k i a b
  | SettlesHolds it => itinerary_b s ls it &&
      below (it_period it) (fun r => owns_eqb (l_att (layer_at ls (it_layer it + r))) (l_att (layer_at ls (it_layer it))))
  | SettlesFails it i r => itinerary_b s ls it && Nat.ltb i n && Nat.ltb r (it_period it) &&
      negb (below n (fun j => Bool.eqb (follows (layer_at ls (it_layer it + r)) i j) (follows (layer_at ls (it_layer it)) i j)))
  end.

Definition check (s : listed) (N K : nat) (claims : list claim) : bool :=
  wellformed s && (let ls := build s K in forallb (check_claim s N ls) claims).
