(* The checker, and the theorem that what it accepts is true. *)
From Exactdyn Require Export Certificates Factorisation IntegerRun.
Import ListNotations.
Open Scope Q_scope.

(* -- arithmetic -- *)
Fixpoint reduced_sum (n : nat) (f : nat -> Q) : Q := match n with O => 0 | S m => Qred (reduced_sum m f + f m) end.
Lemma reduced_sum_ok n f : reduced_sum n f == sum n f.
Proof. induction n; cbn [reduced_sum sum]; [reflexivity|]. rewrite Qred_correct, IHn. reflexivity. Qed.
Definition Qlt_bool x y := negb (Qle_bool y x).
Lemma Qlt_bool_ok x y : Qlt_bool x y = true <-> x < y.
Proof.
  unfold Qlt_bool. rewrite negb_true_iff. split; intros H.
  - destruct (Qlt_le_dec x y) as [|L]; [assumption|]. apply Qle_bool_iff in L. congruence.
  - apply not_true_is_false. intros K. apply Qle_bool_iff in K. lra.
Qed.
Definition same_b d (x y : vector) : bool := below d (fun r => Qeq_bool (x r) (y r)).
Lemma same_b_ok s x y : same_b (dim s) x y = true <-> same s x y.
Proof.
  unfold same_b. rewrite below_ok. split; intros H r Hr; apply Qeq_bool_iff, H, Hr.
Qed.
Definition reduced_dot d (x y : vector) : Q := reduced_sum d (fun r => x r * y r).
Lemma reduced_dot_ok s x y : reduced_dot (dim s) x y == dot s x y. Proof. apply reduced_sum_ok. Qed.
Definition reduced_form (s : listed) (x y : vector) : Q :=
  let d := length (listed_A s) in reduced_dot d (fun r => reduced_dot d (entry (listed_A s) r) x) y.
Lemma reduced_form_ok s x y : reduced_form s x y == form (system_of s) x y.
Proof.
  unfold reduced_form. cbv zeta. rewrite (reduced_dot_ok (system_of s)). apply dot_ext; [|apply same_refl].
  intros r _. apply (reduced_dot_ok (system_of s)).
Qed.

Definition lsum (ps : pairs) (f : nat * Q -> Q) : Q := fold_right (fun p acc => Qred (f p + acc)) 0 ps.
Definition weigh (ps : pairs) (j : nat) : Q := lsum ps (fun p => if Nat.eqb (fst p) j then snd p else 0).
Lemma lsum_cons p ps f : lsum (p :: ps) f == f p + lsum ps f.
Proof. unfold lsum. cbn [fold_right]. apply Qred_correct. Qed.
Lemma weigh_sum n ps v : (forall p, In p ps -> (fst p < n)%nat) ->
  sum n (fun j => weigh ps j * v j) == lsum ps (fun p => snd p * v (fst p)).
Proof.
  induction ps as [|p ps IH]; intros H.
  - apply sum_0. intros; unfold weigh; simpl; ring.
  - rewrite lsum_cons, <- IH by (intros; apply H; simpl; auto).
    rewrite (sum_ext n _ (fun j => (if Nat.eqb (fst p) j then snd p else 0) * v j + weigh ps j * v j)).
    + rewrite sum_plus. apply Qplus_comp; [|reflexivity].
      rewrite (sum_single n _ (fst p)); [rewrite Nat.eqb_refl; reflexivity|apply H; simpl; auto|].
      intros j _ Hne. replace (Nat.eqb (fst p) j) with false by (symmetry; apply Nat.eqb_neq; auto). ring.
    + intros j _. unfold weigh. rewrite lsum_cons. ring.
Qed.
Definition convex_b n (ps : pairs) : bool :=
  forallb (fun p => Nat.ltb (fst p) n && Qle_bool 0 (snd p)) ps && Qeq_bool (lsum ps snd) 1.
Lemma lsum_nonneg ps f : (forall p, In p ps -> 0 <= f p) -> 0 <= lsum ps f.
Proof.
  induction ps as [|p ps IH]; intros H; [simpl; lra|]. rewrite lsum_cons.
  assert (0 <= lsum ps f) by (apply IH; intros; apply H; simpl; auto). assert (0 <= f p) by (apply H; simpl; auto). lra.
Qed.
Lemma lsum_ext ps f g : (forall p, In p ps -> f p == g p) -> lsum ps f == lsum ps g.
Proof.
  induction ps as [|p ps IH]; intros H; [reflexivity|]. rewrite !lsum_cons.
  rewrite IH by (intros; apply H; simpl; auto). rewrite (H p) by (simpl; auto). reflexivity.
Qed.
Lemma convex_b_ok n ps : convex_b n ps = true -> convex n (weigh ps) /\ forall p, In p ps -> (fst p < n)%nat.
Proof.
  unfold convex_b. rewrite andb_true_iff, forallb_forall. intros [H H1]. apply Qeq_bool_iff in H1.
  assert (Hn : forall p, In p ps -> (fst p < n)%nat /\ 0 <= snd p).
  { intros p Hp. specialize (H p Hp). apply andb_true_iff in H. destruct H as [A B].
    apply Nat.ltb_lt in A. apply Qle_bool_iff in B. auto. }
  split; [split|].
  - intros j _. apply lsum_nonneg. intros p Hp. destruct (Nat.eqb (fst p) j); [apply Hn, Hp|lra].
  - rewrite (sum_ext n _ (fun j => weigh ps j * 1)) by (intros; ring).
    rewrite weigh_sum by (intros; apply Hn; assumption). rewrite <- H1. apply lsum_ext. intros; ring.
  - intros; apply Hn; assumption.
Qed.
Definition is_combination d n (ps : pairs) (Y : state) (x : vector) : bool :=
  convex_b n ps && below d (fun r => Qeq_bool (lsum ps (fun p => snd p * Y (fst p) r)) (x r)).
Lemma is_combination_ok s ps Y x : is_combination (dim s) (size s) ps Y x = true ->
  convex (size s) (weigh ps) /\ (forall p, In p ps -> (fst p < size s)%nat) /\
  forall r, (r < dim s)%nat -> x r == sum (size s) (fun j => weigh ps j * Y j r).
Proof.
  unfold is_combination. rewrite andb_true_iff, below_ok. intros [H K]. destruct (convex_b_ok _ _ H) as [C T].
  split; [assumption|]. split; [assumption|]. intros r Hr. specialize (K r Hr). apply Qeq_bool_iff in K.
  rewrite weigh_sum by assumption. symmetry. exact K.
Qed.

(* -- layers -- *)
Definition no_layer : layer := {| l_num := []; l_den := 1%Z; l_att := [] |}.
Definition layer_at (ls : list layer) (k : nat) : layer := nth k ls no_layer.
Definition point (l : layer) (i : nat) : vector := fun r => Qmake (zentry (l_num l) i r) (Z.to_pos (l_den l)).
Definition follows (l : layer) (i j : nat) : bool := nth j (nth i (l_att l) []) false.
Definition leads n (l : layer) (i : nat) : bool := below n (fun j => Bool.eqb (follows l i j) (Nat.eqb j i)).

Lemma point_ok s l k i r : good s l k -> (i < size s)%nat -> (r < dim s)%nat -> point l i r == run s k i r.
Proof.
  intros [[_ _ Hden Hv] _ _ _] Hi Hr. specialize (Hv i r Hi Hr). unfold point.
  rewrite Qmake_Qdiv, Z2Pos.id by assumption. rewrite Hv. pose proof (zi_pos _ Hden). field. lra.
Qed.
Lemma point_same s l k i : good s l k -> (i < size s)%nat -> same s (point l i) (run s k i).
Proof. intros H Hi r Hr. apply point_ok; assumption. Qed.
Lemma follows_ok s l k i j : good s l k -> (i < size s)%nat -> (j < size s)%nat -> follows l i j = attends_b s (run s k) i j.
Proof. intros H Hi Hj. apply (good_att _ _ _ H); assumption. Qed.
Lemma leads_ok s l k i : good s l k -> (i < size s)%nat -> (leads (size s) l i = true <-> leader s k i).
Proof.
  intros H Hi. unfold leads. rewrite below_ok. split; intros K j Hj; specialize (K j Hj).
  - apply Bool.eqb_prop in K. rewrite (follows_ok s l k) in K by assumption.
    rewrite <- attends_spec by assumption. rewrite K. apply Nat.eqb_eq.
  - rewrite (follows_ok s l k) by assumption. apply Bool.eqb_true_iff, eq_true_iff_eq.
    rewrite attends_spec by assumption. rewrite K. symmetry. apply Nat.eqb_eq.
Qed.

(* -- definiteness -- *)
Definition factorisation_b (s : listed) (strict : bool) (lower : list (list Q)) (diagonal : list Q) : bool :=
  let d := length (listed_A s) in
  Nat.eqb (length lower) d && rect lower d && Nat.eqb (length diagonal) d &&
  below d (fun i => below d (fun j => if Nat.leb i j then Qeq_bool (entry lower i j) (if Nat.eqb i j then 1 else 0) else true)) &&
  below d (fun i => below d (fun j =>
    Qeq_bool (2 * reduced_sum d (fun k => entry lower i k * vec diagonal k * entry lower j k)) (entry (listed_A s) i j + entry (listed_A s) j i))) &&
  below d (fun k => if strict then Qlt_bool 0 (vec diagonal k) else Qle_bool 0 (vec diagonal k)).
Lemma factorisation_b_data s strict lower diagonal : factorisation_b s strict lower diagonal = true ->
  unit_lower (system_of s) (entry lower) /\ factors (system_of s) (entry lower) (vec diagonal) /\
  forall k, (k < dim (system_of s))%nat -> if strict then 0 < vec diagonal k else 0 <= vec diagonal k.
Proof.
  unfold factorisation_b. cbv zeta. rewrite !andb_true_iff. intros [[[_ U] F] D].
  rewrite below_ok in U, F, D. split; [|split].
  - intros i j Hi Hj Hle. specialize (U i Hi). rewrite below_ok in U. specialize (U j Hj).
    apply Nat.leb_le in Hle. rewrite Hle in U. apply Qeq_bool_iff in U. exact U.
  - intros i j Hi Hj. specialize (F i Hi). rewrite below_ok in F. specialize (F j Hj). apply Qeq_bool_iff in F.
    rewrite reduced_sum_ok in F. exact F.
  - intros k Hk. specialize (D k Hk). destruct strict; [apply Qlt_bool_ok|apply Qle_bool_iff]; exact D.
Qed.
Lemma factorisation_b_ok s strict lower diagonal : factorisation_b s strict lower diagonal = true ->
  if strict then positive_definite (system_of s) else positive_semidefinite (system_of s).
Proof.
  intros H. destruct (factorisation_b_data _ _ _ _ H) as [U [F D]]. destruct strict.
  - apply (factorisation _ _ _ U F D).
  - apply (factorisation_semi _ _ _ F D).
Qed.

(* -A *)
Definition negated (s : listed) : listed := {| listed_A := map (map Qopp) (listed_A s); listed_alpha := listed_alpha s; listed_tokens := listed_tokens s |}.
Lemma negated_entry s i j : entry (listed_A (negated s)) i j = - entry (listed_A s) i j.
Proof.
  unfold entry. simpl. change (@nil Q) with (map Qopp []) at 1. rewrite (map_nth (map Qopp)).
  change 0 with (- 0) at 1. apply (map_nth Qopp).
Qed.

Lemma negated_form s x y : form (system_of (negated s)) x y == - form (system_of s) x y.
Proof.
  rewrite !form_double. cbn [dim system_of negated listed_A]. rewrite map_length.
  setoid_replace (- sum (length (listed_A s)) (fun r => sum (length (listed_A s)) (fun t => A (system_of s) r t * x t * y r))) with
    (-1 * sum (length (listed_A s)) (fun r => sum (length (listed_A s)) (fun t => A (system_of s) r t * x t * y r))) by ring.
  rewrite <- sum_scal. apply sum_ext. intros r _. rewrite <- sum_scal. apply sum_ext. intros t _.
  pose proof (negated_entry s r t) as E. cbn [A system_of negated listed_A] in *. rewrite E. ring.
Qed.

Definition symmetric_b (s : listed) : bool :=
  let d := length (listed_A s) in below d (fun i => below d (fun j => Qeq_bool (entry (listed_A s) i j) (entry (listed_A s) j i))).
Lemma symmetric_b_ok s : symmetric_b s = true -> symmetric (system_of s).
Proof.
  unfold symmetric_b. cbv zeta. rewrite below_ok. intros H i j Hi Hj. specialize (H i Hi). rewrite below_ok in H.
  apply Qeq_bool_iff, H, Hj.
Qed.

(* -- itineraries -- *)
Definition zrows_ok (owns : list (list bool)) (m : list (list Z)) : bool :=
  forallb (fun p : list bool * list Z =>
    match find (fun q : bool * Z => fst q) (combine (fst p) (snd p)) with
    | Some (_, v) => forallb (fun x => Z.leb x v) (snd p) | None => false end) (combine owns m).
Definition zdiff (mu : Q) (later earlier : list (list Z)) : list (list Z) :=
  map (fun p : list Z * list Z => zcomb (Zpos (Qden mu)) (- Qnum mu)%Z (fst p) (snd p)) (combine later earlier).
Fixpoint zlevel (mu : Q) (level : list (list (list Z))) : list (list (list Z)) :=
  match level with a :: ((b :: _) as rest) => zdiff mu b a :: zlevel mu rest | _ => [] end.
Fixpoint levels_ok (owns : list (list bool)) (nodes : list Q) (level : list (list (list Z))) : bool :=
  match level with
  | [] => false
  | m :: _ => match nodes with
              | [] => forallb (forallb (Z.eqb 0)) m
              | mu :: rest => zrows_ok owns m && levels_ok owns rest (zlevel mu level)
              end
  end.
Definition zscaled (common : Z) (l : layer) : list (list Z) :=
  let f := (common / l_den l)%Z in map (map (Z.mul f)) (l_num l).
Definition owns_eqb (a b : list (list bool)) : bool :=
  if list_eq_dec (list_eq_dec Bool.bool_dec) a b then true else false.
Definition nodes_b (s : listed) (ls : list layer) (it : itinerary) : bool :=
  let zA := zmatrix (listed_A s) in
  let N := length (it_nodes it) in
  let k := it_layer it in let p := it_period it in
  Nat.ltb 0 p && forallb (Qlt_bool 0) (it_nodes it) && Nat.ltb (k + (p - 1) + p * N) (length ls) &&
  below p (fun r =>
    let here := map (fun j => layer_at ls (k + r + p * j)) (seq 0 (S N)) in
    let owns := l_att (layer_at ls (k + r)) in
    forallb (fun l => owns_eqb (l_att l) owns) here &&
    let common := zlcm (map l_den here) in
    levels_ok owns (it_nodes it) (map (fun l => zscores zA (zscaled common l)) here)).

(* the token is the lowest that is attended: the same at every level *)
Fixpoint first_true (a : list bool) : nat := match a with [] => 0 | true :: _ => 0 | false :: t => S (first_true t) end.
Lemma first_true_spec own : existsb (fun b : bool => b) own = true -> (first_true own < length own)%nat /\ nth (first_true own) own false = true.
Proof.
  induction own as [|[|] own IH]; intros H; simpl in *; try discriminate; [split; [lia|reflexivity]|].
  destruct (IH H). split; [lia|assumption].
Qed.

Section Levels.
Variables (n : nat) (owns : list (list bool)).
Hypothesis owns_n : length owns = n.
Hypothesis owns_row : forall i, (i < n)%nat -> length (nth i owns []) = n.
Definition square (m : list (list Z)) := length m = n /\ forall i, (i < n)%nat -> length (nth i m []) = n.

Lemma find_first (a : list bool) : forall (b : list Z) q, length a = length b ->
  find (fun q : bool * Z => fst q) (combine a b) = Some q ->
  (first_true a < length a)%nat /\ nth (first_true a) a false = true /\ snd q = nth (first_true a) b 0%Z.
Proof.
  induction a as [|x a IH]; intros [|y b] q Hl E; simpl in *; try discriminate.
  destruct x.
  - injection E as <-. split; [lia|auto].
  - destruct (IH b q ltac:(lia) E) as [A B]. split; [lia|auto].
Qed.

Lemma zrows_ok_spec m : square m -> zrows_ok owns m = true -> forall i, (i < n)%nat ->
  let a := first_true (nth i owns []) in
  (a < n)%nat /\ nth a (nth i owns []) false = true /\ forall b, (b < n)%nat -> (zentry m i b <= zentry m i a)%Z.
Proof.
  intros [Hm Hrow] H i Hi a. unfold zrows_ok in H. rewrite forallb_forall in H.
  specialize (H (nth i owns [], nth i m [])). cbn [fst snd] in H.
  assert (In (nth i owns [], nth i m []) (combine owns m)) as Hin.
  { rewrite <- combine_nth by lia. apply nth_In. rewrite combine_length. lia. }
  specialize (H Hin). destruct (find _ _) as [[o v]|] eqn:E; [|discriminate].
  apply find_first in E; [|rewrite owns_row, Hrow by assumption; reflexivity].
  rewrite owns_row in E by assumption. cbn [snd] in E. destruct E as [A [B C]]. subst v.
  split; [assumption|]. split; [assumption|]. intros b Hb. rewrite forallb_forall in H.
  apply Z.leb_le, H. apply nth_In. rewrite Hrow; assumption.
Qed.

Lemma zdiff_square mu x y : square x -> square y -> square (zdiff mu x y).
Proof.
  intros [A B] [C D]. unfold zdiff. split.
  - rewrite map_length, combine_length. lia.
  - intros i Hi. rewrite (nth_map _ _ i ([], []) []) by (rewrite combine_length; lia).
    rewrite combine_nth by lia. cbn [fst snd]. rewrite zcomb_length; [auto|]. rewrite B, D by assumption. reflexivity.
Qed.
Lemma zdiff_val mu x y i j : square x -> square y -> (i < n)%nat -> (j < n)%nat ->
  zi (zentry (zdiff mu x y) i j) == zi (Zpos (Qden mu)) * (zi (zentry x i j) - mu * zi (zentry y i j)).
Proof.
  intros [A B] [C D] Hi Hj. unfold zentry, zdiff. rewrite (nth_map _ _ i ([], []) []) by (rewrite combine_length; lia).
  rewrite combine_nth by lia. cbn [fst snd]. rewrite zcomb_nth by (rewrite B, D by assumption; reflexivity).
  rewrite inject_Z_plus, !inject_Z_mult, inject_Z_opp.
  assert (E : mu * zi (Zpos (Qden mu)) == zi (Qnum mu)).
  { destruct mu as [a b]. unfold Qeq, Qmult, inject_Z. simpl. lia. }
  rewrite <- E. ring.
Qed.

Lemma zlevel_length mu level : length (zlevel mu level) = pred (length level).
Proof. induction level as [|a [|b rest] IH]; [reflexivity|reflexivity|]. simpl in *. rewrite IH. reflexivity. Qed.
Lemma zlevel_nth mu level : forall t, (S t < length level)%nat ->
  nth t (zlevel mu level) [] = zdiff mu (nth (S t) level []) (nth t level []).
Proof.
  induction level as [|a [|b rest] IH]; intros t Ht; simpl in Ht; try lia. destruct t as [|t]; [reflexivity|].
  change (zlevel mu (a :: b :: rest)) with (zdiff mu b a :: zlevel mu (b :: rest)). cbn [nth].
  rewrite IH by (simpl; lia). reflexivity.
Qed.

Lemma levels_ok_spec nodes : forall level (u : nat -> nat -> nat -> Q) c, 0 < c ->
  (forall t, (t < length level)%nat -> square (nth t level [])) -> length level = S (length nodes) ->
  (forall t i l, (t < length level)%nat -> (i < n)%nat -> (l < n)%nat -> zi (zentry (nth t level []) i l) == c * u i l t) ->
  levels_ok owns nodes level = true ->
  (forall i, (i < n)%nat -> (0 < length nodes)%nat -> let a := first_true (nth i owns []) in
     (a < n)%nat /\ nth a (nth i owns []) false = true /\
     forall h b, (h < length nodes)%nat -> (b < n)%nat -> diff (firstn h nodes) (u i b) 0 <= diff (firstn h nodes) (u i a) 0) /\
  (forall i l, (i < n)%nat -> (l < n)%nat -> diff nodes (u i l) 0 == 0).
Proof.
  induction nodes as [|mu rest IH]; intros level u c Hc Hsq Hlen Hv H; destruct level as [|m level]; try discriminate.
  - split; [intros; simpl in *; lia|]. intros i l Hi Hl. simpl. simpl in H. rewrite andb_true_r in H || idtac.
    pose proof (Hv 0%nat i l ltac:(simpl; lia) Hi Hl) as E. cbn [nth] in E.
    pose proof (Hsq 0%nat ltac:(simpl; lia)) as [S1 S2]. cbn [nth] in S1, S2.
    assert (Z0 : zentry m i l = 0%Z).
    { rewrite forallb_forall in H. specialize (H (nth i m []) ltac:(apply nth_In; lia)). rewrite forallb_forall in H.
      specialize (H (nth l (nth i m []) 0%Z) ltac:(apply nth_In; rewrite S2 by assumption; lia)). apply Z.eqb_eq in H. symmetry. exact H. }
    rewrite Z0 in E. change (zi 0) with 0 in E. assert (K : c * u i l 0%nat == 0) by lra.
    apply Qmult_integral in K. destruct K; [lra|assumption].
  - cbn [levels_ok] in H. apply andb_true_iff in H. destruct H as [Hr H].
    set (u' := fun i l j => u i l (S j) - mu * u i l j).
    specialize (IH (zlevel mu (m :: level)) u' (c * zi (Zpos (Qden mu)))).
    assert (Hlen' : length (zlevel mu (m :: level)) = S (length rest)) by (rewrite zlevel_length; simpl in *; lia).
    destruct IH as [I1 I2].
    + apply Qmult_lt_0_compat; [assumption|apply zi_pos, Pos2Z.is_pos].
    + intros t Ht. rewrite Hlen' in Ht. rewrite zlevel_nth by (cbn [length] in *; lia). apply zdiff_square; apply Hsq; cbn [length] in *; lia.
    + exact Hlen'.
    + intros t i l Ht Hi Hl. rewrite Hlen' in Ht. rewrite zlevel_nth by (cbn [length] in *; lia).
      rewrite zdiff_val by (try assumption; apply Hsq; cbn [length] in *; lia).
      rewrite !Hv by (try assumption; cbn [length] in *; lia). unfold u'. ring.
    + exact H.
    + split; [|exact I2]. intros i Hi _. 
      destruct (zrows_ok_spec m (Hsq 0%nat ltac:(simpl; lia)) Hr i Hi) as [A [B C]].
      split; [exact A|]. split; [exact B|]. intros [|h] b Hh Hb.
      * simpl. specialize (C b Hb). apply zi_le in C.
        pose proof (Hv 0%nat i b ltac:(simpl; lia) Hi Hb) as E1. cbn [nth] in E1.
        pose proof (Hv 0%nat i _ ltac:(simpl; lia) Hi A) as E2. cbn [nth] in E2.
        rewrite E1, E2 in C. apply Qmult_le_l in C; assumption.
      * simpl. simpl in Hh. destruct (I1 i Hi ltac:(lia)) as [_ [_ K]]. apply K; [lia|assumption].
Qed.
End Levels.

Section Sound.
Variable s : listed.
Variable ls : list layer.
Hypothesis Hwf : wellformed s = true.
Notation S' := (system_of s).
Notation n := (size S').
Notation d := (dim S').
Hypothesis Hgood : forall k l, nth_error ls k = Some l -> good S' l k.

Lemma lay_good k : (k < length ls)%nat -> good S' (layer_at ls k) k.
Proof. intros H. apply Hgood. unfold layer_at. apply nth_error_nth'. assumption. Qed.

Lemma n_pos : (0 < n)%nat.
Proof.
  unfold wellformed in Hwf. rewrite !andb_true_iff in Hwf. destruct Hwf as [_ H].
  apply negb_true_iff, Nat.eqb_neq in H. simpl. lia.
Qed.
Lemma tau_bounds : Qle_bool 0 (listed_alpha s) = true -> 0 <= tau S' /\ tau S' < 1.
Proof.
  intros H. apply Qle_bool_iff in H. unfold tau. simpl. split.
  - apply Qle_shift_div_l; lra.
  - apply Qlt_shift_div_r; lra.
Qed.

Lemma zscaled_rep l k common : good S' l k -> (l_den l | common)%Z -> (0 < common)%Z -> represents S' (zscaled common l) common (run S' k).
Proof.
  intros [[Hn Hd Hden Hv] _ _ _] [q Hq] Hc. unfold zscaled. cbv zeta. rewrite Hq, Z.div_mul by lia.
  split.
  - rewrite map_length. assumption.
  - intros i Hi. rewrite (nth_map _ _ i [] []) by lia. rewrite map_length. auto.
  - lia.
  - intros i r Hi Hr. unfold zentry. rewrite (nth_map _ _ i [] []) by lia.
    rewrite (nth_map _ _ r 0%Z 0%Z) by (rewrite Hd; assumption). rewrite !inject_Z_mult.
    fold (zentry (l_num l) i r). rewrite (Hv i r Hi Hr). ring.
Qed.

Lemma zscores_square zA sc num den Y : represents_matrix S' zA sc -> represents S' num den Y -> square n (zscores zA num).
Proof.
  intros HA [Hn _ _ _]. unfold zscores. split; [rewrite map_length; assumption|].
  intros i Hi. rewrite (nth_map _ num i [] []) by lia. cbv zeta. rewrite map_length. assumption.
Qed.

Lemma zA_rep : represents_matrix S' (zmatrix (listed_A s)) (zden (listed_A s)).
Proof.
  unfold wellformed in Hwf. rewrite !andb_true_iff in Hwf. destruct Hwf as [[[[WA WT] _] _] _].
  split; simpl.
  - unfold zmatrix. cbv zeta. rewrite map_length. reflexivity.
  - intros i Hi. unfold zmatrix. cbv zeta. rewrite (nth_map _ _ i [] []) by assumption. rewrite map_length. apply rect_row; assumption.
  - apply zden_pos.
  - intros i j Hi Hj. apply (zmatrix_entry (listed_A s) (length (listed_A s))); assumption.
Qed.

Theorem nodes_ok it : nodes_b s ls it = true ->
  (0 < it_period it)%nat /\ forall m i l, (i < n)%nat -> (l < n)%nat ->
    attends_b S' (run S' (it_layer it + m)) i l = attends_b S' (run S' (it_layer it + m mod it_period it)) i l.
Proof.
  unfold nodes_b. cbv zeta. rewrite !andb_true_iff, below_ok. intros [[[Hp Hnodes] Hlen] Hr].
  apply Nat.ltb_lt in Hp, Hlen. rewrite forallb_forall in Hnodes.
  set (k := it_layer it) in *. set (p := it_period it) in *. set (nodes := it_nodes it) in *.
  assert (Hlay : forall r j, (r < p)%nat -> (j <= length nodes)%nat -> good S' (layer_at ls (k + r + p * j)) (k + r + p * j)).
  { intros r j Hr' Hj. apply lay_good. assert (p * j <= p * length nodes)%nat by (apply Nat.mul_le_mono_l; assumption). lia. }
  assert (Hlay0 : forall r, (r < p)%nat -> good S' (layer_at ls (k + r)) (k + r)).
  { intros r Hr'. specialize (Hlay r 0%nat Hr' ltac:(lia)). rewrite Nat.mul_0_r, Nat.add_0_r in Hlay. exact Hlay. }
  assert (Both : forall r, (r < p)%nat ->
    (forall j i l, (j <= length nodes)%nat -> (i < n)%nat -> (l < n)%nat ->
       attends_b S' (run S' (k + r + p * j)) i l = attends_b S' (run S' (k + r)) i l) /\
    (forall i, (i < n)%nat -> exists a, (a < n)%nat /\ attends_b S' (run S' (k + r)) i a = true /\
      forall h b, (h < length nodes)%nat -> (b < n)%nat ->
        diff (firstn h nodes) (observed S' k p r i b) 0 <= diff (firstn h nodes) (observed S' k p r i a) 0) /\
    (forall i l, (i < n)%nat -> (l < n)%nat -> diff nodes (observed S' k p r i l) 0 == 0)).
  { intros r Hr'. specialize (Hr r Hr'). rewrite andb_true_iff in Hr. destruct Hr as [Ha Hl].
    rewrite forallb_forall in Ha.
    set (here := map (fun j => layer_at ls (k + r + p * j)) (seq 0 (S (length nodes)))) in *.
    assert (Hhere : forall t, (t <= length nodes)%nat -> nth t here no_layer = layer_at ls (k + r + p * t)).
    { intros t Ht. unfold here. rewrite (nth_map _ _ t 0%nat no_layer) by (rewrite seq_length; lia).
      rewrite seq_nth by lia. reflexivity. }
    assert (Hhl : length here = S (length nodes)) by (unfold here; rewrite map_length, seq_length; reflexivity).
    set (common := zlcm (map l_den here)) in *.
    assert (Hcpos : (0 < common)%Z).
    { apply zlcm_pos. intros x Hx. apply in_map_iff in Hx. destruct Hx as [l [<- Hin]].
      apply (In_nth _ _ no_layer) in Hin. destruct Hin as [t [Ht <-]]. rewrite Hhere by lia.
      exact (rep_den _ _ _ _ (good_rep _ _ _ (Hlay r t Hr' ltac:(lia)))). }
    assert (Hrep : forall t, (t <= length nodes)%nat -> represents S' (zscaled common (nth t here no_layer)) common (run S' (k + r + p * t))).
    { intros t Ht. rewrite Hhere by assumption. apply zscaled_rep; [apply Hlay; assumption| |assumption].
      apply zlcm_divide. apply in_map_iff. exists (layer_at ls (k + r + p * t)). split; [reflexivity|].
      rewrite <- Hhere by assumption. apply nth_In. lia. }
    pose proof (Hlay0 r Hr') as G0.
    destruct (levels_ok_spec n (l_att (layer_at ls (k + r))) (good_n _ _ _ G0) (good_row _ _ _ G0) nodes
      (map (fun l => zscores (zmatrix (listed_A s)) (zscaled common l)) here)
      (observed S' k p r) (zi (zden (listed_A s)) * zi common * zi common)) as [L1 L2].
    - pose proof (zi_pos _ Hcpos). pose proof (zi_pos _ (zden_pos (listed_A s))). repeat apply Qmult_lt_0_compat; assumption.
    - intros t Ht. rewrite map_length in Ht. rewrite (nth_map _ here t no_layer []) by assumption.
      apply (zscores_square _ _ _ _ _ zA_rep (Hrep t ltac:(lia))).
    - rewrite map_length. assumption.
    - intros t i l Ht Hi Hll. rewrite map_length in Ht. rewrite (nth_map _ here t no_layer []) by assumption.
      rewrite (zscores_val S' _ _ _ _ _ i l zA_rep (Hrep t ltac:(lia)) Hi Hll). unfold observed. ring.
    - exact Hl.
    - split; [|split].
      + intros j i l Hj Hi Hll. rewrite <- (follows_ok S' _ _ i l (Hlay r j Hr' Hj) Hi Hll).
        rewrite <- (follows_ok S' _ _ i l G0 Hi Hll). unfold follows.
        specialize (Ha (layer_at ls (k + r + p * j))). unfold owns_eqb in Ha.
        destruct (list_eq_dec _ _ _) as [E|] in Ha; [rewrite E; reflexivity|].
        discriminate Ha. rewrite <- Hhere by assumption. apply nth_In. lia.
      + intros i Hi. destruct nodes as [|mu rest] eqn:En.
        * destruct (argmax n (fun l => form S' (run S' (k + r) i) (run S' (k + r) l)) n_pos) as [a [Ha' Hmax]].
          exists a. split; [assumption|]. split; [|simpl; intros; lia].
          apply attends_spec; [assumption|]. split; assumption.
        * rewrite <- En in *. destruct (L1 i Hi) as [A [B C]]; [rewrite En; simpl; lia|].
          exists (first_true (nth i (l_att (layer_at ls (k + r))) [])). split; [exact A|]. split; [|exact C].
          rewrite <- (follows_ok S' _ _ i _ G0 Hi A). exact B.
      + exact L2. }
  split; [assumption|]. intros m i l Hi Hl.
  apply (locked_itinerary S' k p nodes); try assumption.
  - intros mu Hmu. apply Qlt_bool_ok, Hnodes, Hmu.
  - intros r j i' l' Hr' Hj. apply (Both r Hr'). assumption.
  - intros r i' Hr'. apply (Both r Hr').
  - intros r i' l' Hr'. apply (Both r Hr').
Qed.
End Sound.
