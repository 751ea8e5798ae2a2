(* Itineraries: attention sets that repeat for ever, shown by nodes or by forms. ../FORMAT.md, sections Itinerary, Forms. *)
From Exactdyn Require Export Forms Checks.
Import ListNotations.
Open Scope Q_scope.

(* -- the run that keeps repeating its sets obeys the recurrence of its states -- *)
Section Recurrence.
Variable s : system.
Notation n := (size s).
Notation d := (dim s).
Notation run := (run s).
Notation attends_b := (attends_b s).
Notation form := (form s).
Variables (k p : nat).
Hypothesis Hp : (0 < p)%nat.
Notation Y := (Y s k p).
Variable recurrence : list Q.
Notation S' := (length recurrence).
Hypothesis order : (0 < S')%nat.
Hypothesis same_sets : forall r j i l, (r < p)%nat -> (j <= pred S')%nat -> (i < n)%nat -> (l < n)%nat ->
  attends_b (run (k + r + p * j)) i l = attends_b (run (k + r)) i l.
Hypothesis obeyed : forall i x, (i < n)%nat -> (x < d)%nat ->
  sum S' (fun l => nth l recurrence 0 * run (k + p * l) i x) + run (k + p * S') i x == 0.

Lemma early_run m i : (m <= p * S')%nat -> (i < n)%nat -> same s (run (k + m) i) (Y m i).
Proof. intros Hm. apply (early_to s k p Hp (pred S')); [exact same_sets|]. replace (pred S' + 1)%nat with S' by lia. exact Hm. Qed.
Lemma Y_onward m q i x : Y (m + q) i x == FF s k p m q (fun j => Y m j x) i.
Proof.
  revert i. induction q as [|q IH]; intros i; [rewrite Nat.add_0_r; reflexivity|]. rewrite Nat.add_succ_r. cbn [FF Itinerary.Y]. unfold move, mv.
  apply sum_ext. intros j _. rewrite IH. reflexivity.
Qed.
Lemma FF_sum m q (c : nat) (w : nat -> Q) (v : nat -> nat -> Q) i : (i < n)%nat ->
  FF s k p m q (fun j => sum c (fun l => w l * v l j)) i == sum c (fun l => w l * FF s k p m q (v l) i).
Proof.
  intros Hi. induction c as [|c IH]; cbn [sum].
  - rewrite (FF_ext s k p m q (fun _ => 0) (fun j => 0 * 0 + 0 * 0)) by (auto; intros; ring). rewrite FF_lin by assumption. ring.
  - rewrite (FF_ext s k p m q _ (fun j => 1 * sum c (fun l => w l * v l j) + w c * v c j)) by (auto; intros; ring).
    rewrite FF_lin by assumption. rewrite IH. ring.
Qed.
Lemma obeyed_for_ever m i x : (i < n)%nat -> (x < d)%nat -> sum S' (fun l => nth l recurrence 0 * Y (m + p * l) i x) + Y (m + p * S') i x == 0.
Proof.
  intros Hi Hx.
  assert (Shift : forall l j, (j < n)%nat -> Y (m + p * l) j x == FF s k p 0 m (fun a => Y (p * l) a x) j).
  { intros l j Hj. rewrite (Nat.add_comm m). rewrite Y_onward. replace (p * l)%nat with (0 + p * l)%nat at 1 by lia. rewrite (FF_mod s k p Hp). reflexivity. }
  rewrite (sum_ext S' _ (fun l => nth l recurrence 0 * FF s k p 0 m (fun a => Y (p * l) a x) i)) by (intros l _; rewrite (Shift l i Hi); reflexivity).
  rewrite (Shift S' i Hi), <- (FF_sum 0 m S' (fun l => nth l recurrence 0) (fun l a => Y (p * l) a x) i Hi).
  assert (E : FF s k p 0 m (fun j => 1 * sum S' (fun l => nth l recurrence 0 * Y (p * l) j x) + 1 * Y (p * S') j x) i == FF s k p 0 m (fun j => 0 * 0 + 0 * 0) i).
  { apply FF_ext; [|exact Hi]. intros j Hj. rewrite <- (early_run (p * S') j ltac:(lia) Hj x Hx).
    rewrite (sum_ext S' _ (fun l => nth l recurrence 0 * run (k + p * l) j x)).
    - pose proof (obeyed j x Hj Hx) as O. lra.
    - intros l Hl. rewrite (early_run (p * l) j ltac:(nia) Hj x Hx). reflexivity. }
  rewrite !FF_lin in E by assumption. lra.
Qed.
Lemma column m c i x : (i < n)%nat -> (x < d)%nat -> (c < S')%nat -> sum S' (fun l => companion recurrence l c * Y (m + p * l) i x) == Y (m + p * S c) i x.
Proof.
  intros Hi Hx Hc. unfold companion. destruct (Nat.eqb c (pred S')) eqn:E.
  - apply Nat.eqb_eq in E. replace (S c) with S' by lia. pose proof (obeyed_for_ever m i x Hi Hx) as O.
    rewrite (sum_ext S' _ (fun l => -1 * (nth l recurrence 0 * Y (m + p * l) i x))) by (intros; ring). rewrite sum_scal. lra.
  - apply Nat.eqb_neq in E. rewrite (sum_single S' _ (S c)) by (try lia; intros l _ Hl; apply Nat.eqb_neq in Hl; rewrite Hl; ring). rewrite Nat.eqb_refl. ring.
Qed.
Lemma by_vectors j : forall m i x, (i < n)%nat -> (x < d)%nat -> Y (m + p * j) i x == sum S' (fun l => vector_at recurrence j l * Y (m + p * l) i x).
Proof.
  induction j as [|j IH]; intros m i x Hi Hx.
  - cbn [vector_at]. rewrite (sum_single S' _ 0%nat order) by (intros l _ Hl; apply Nat.eqb_neq in Hl; rewrite Hl; ring). cbn [Nat.eqb]. ring.
  - replace (m + p * S j)%nat with (m + p + p * j)%nat by lia. rewrite IH by assumption. cbn [vector_at]. unfold onward.
    rewrite (sum_ext S' (fun l => vector_at recurrence j l * Y (m + p + p * l) i x)
      (fun c => sum S' (fun l => companion recurrence l c * vector_at recurrence j c * Y (m + p * l) i x))).
    + rewrite sum_swap. apply sum_ext. intros l _. rewrite sum_scal_r. reflexivity.
    + intros c Hc. replace (m + p + p * c)%nat with (m + p * S c)%nat by lia. rewrite <- (column m c i x Hi Hx Hc), <- sum_scal. apply sum_ext. intros; ring.
Qed.
Definition lead_form (r i a b l q : nat) : Q := form (run (k + r + p * l) i) (run (k + r + p * q) a) - form (run (k + r + p * l) i) (run (k + r + p * q) b).
Lemma ideal_at r i a b j : (r < p)%nat -> (i < n)%nat -> (a < n)%nat -> (b < n)%nat ->
  ideal s k p r i a j - ideal s k p r i b j == at_layer recurrence (lead_form r i a b) j.
Proof.
  intros Hr Hi Ha Hb.
  assert (F : forall c, (c < n)%nat -> ideal s k p r i c j ==
    sum S' (fun l => sum S' (fun q => form (run (k + r + p * l) i) (run (k + r + p * q) c) * vector_at recurrence j l * vector_at recurrence j q))).
  { intros c Hc. unfold ideal, score.
    assert (Ei : forall e, (e < n)%nat -> same s (Y (r + p * j) e) (fun x => sum S' (fun l => vector_at recurrence j l * run (k + r + p * l) e x))).
    { intros e He x Hx. rewrite (by_vectors j r e x He Hx). apply sum_ext. intros l Hl. rewrite <- Nat.add_assoc, (early_run (r + p * l) e ltac:(nia) He x Hx). reflexivity. }
    rewrite (form_ext s _ _ _ _ (Ei i Hi) (Ei c Hc)). rewrite (form_sum_l s _ S' (vector_at recurrence j) (fun l => run (k + r + p * l) i)).
    apply sum_ext. intros l _. rewrite (form_sum_r s _ S' (vector_at recurrence j) (fun q => run (k + r + p * q) c)), <- sum_scal.
    apply sum_ext. intros q _. ring. }
  rewrite (F a Ha), (F b Hb). unfold at_layer, quadratic, lead_form. rewrite <- sum_minus. apply sum_ext. intros l _. rewrite <- sum_minus. apply sum_ext. intros; ring.
Qed.
End Recurrence.

(* -- the check -- *)
Definition no_cone : cone := {| c_form := []; c_factor := 0 |}.
Definition last_ok (fm : forms) (ws : list (list Q)) (c : option (nat * Q)) (B : list (list Q)) : bool :=
  let m := fo_recurrence fm in
  vanishes_b m ws B ||
  match c with
  | None => semidefinite_b (length m) B
  | Some (q, sigma) => Nat.ltb q (length (fo_cones fm)) && Qle_bool 0 sigma && semidefinite_b (length m) (less m B sigma (c_form (nth q (fo_cones fm) no_cone)))
  end.
Definition keeps_order (fm : forms) (ws : list (list Q)) (B : list (list Q)) : bool :=
  let m := fo_recurrence fm in
  if Qeq_bool (entry B 0 0) 0 then vanishes_b m ws B
  else negb (Qle_bool (entry B 0 0) 0) && existsb (fun pr => proof_b m (fp_nodes pr) (last_ok fm ws (fp_cone pr)) B) (fo_proofs fm).
Definition difference (s : listed) (at_ : nat -> layer) (i a b l q : nat) : Q :=
  let x := point (at_ l) i in let y := point (at_ q) in Qred (reduced_form s x (y a) - reduced_form s x (y b)).
Definition symmetric_part (s : nat) (f : nat -> nat -> Q) : list (list Q) :=
  let M := table s f in table s (fun l q => (1#2) * (entry M l q + entry M q l)).
Definition forms_b (s : listed) (ls : list layer) (k p : nat) (fm : forms) : bool :=
  let m := fo_recurrence fm in let o := length m in let n := length (listed_tokens s) in
  Nat.ltb 0 o && Nat.ltb 0 p && Nat.ltb (k + p * o) (length ls) &&
  below p (fun r => forallb (fun j => owns_eqb (l_att (layer_at ls (k + r + p * j))) (l_att (layer_at ls (k + r)))) (seq 0 o)) &&
  below n (fun i => below (length (listed_A s)) (fun x =>
    Qeq_bool (reduced_sum o (fun l => nth l m 0 * point (layer_at ls (k + p * l)) i x) + point (layer_at ls (k + p * o)) i x) 0)) &&
  forallb (fun c => cone_b m (c_form c) (c_factor c)) (fo_cones fm) &&
  let ws := all_vectors m in
  below p (fun r => below n (fun i => let a := first_true (nth i (l_att (layer_at ls (k + r))) []) in
    below n (fun b => keeps_order fm ws (symmetric_part o (difference s (fun j => layer_at ls (k + r + p * j)) i a b))))).
Definition itinerary_b (s : listed) (ls : list layer) (it : itinerary) : bool :=
  match it_forms it with None => nodes_b s ls it | Some fm => forms_b s ls (it_layer it) (it_period it) fm end.

Section Sound.
Variable s : listed.
Variable ls : list layer.
Hypothesis Hwf : wellformed s = true.
Notation S' := (system_of s).
Notation n := (size S').
Notation d := (dim S').
Hypothesis Hgood : forall k l, nth_error ls k = Some l -> good S' l k.

Lemma symmetric_part_at (m : list Q) f j : at_layer m (entry (symmetric_part (length m) f)) j == at_layer m f j.
Proof.
  unfold at_layer.
  rewrite (quadratic_ext _ _ (fun l q => (1#2) * (f l q + f q l)) _ (vector_at m j)).
  - unfold quadratic. assert (E : sum (length m) (fun l => sum (length m) (fun q => f q l * vector_at m j l * vector_at m j q)) ==
      sum (length m) (fun l => sum (length m) (fun q => f l q * vector_at m j l * vector_at m j q))).
    { rewrite sum_swap. apply sum_ext. intros l _. apply sum_ext. intros; ring. }
    rewrite (sum_ext _ _ (fun l => (1#2) * sum (length m) (fun q => f l q * vector_at m j l * vector_at m j q) + (1#2) * sum (length m) (fun q => f q l * vector_at m j l * vector_at m j q))).
    + rewrite sum_plus, !sum_scal, E. ring.
    + intros l _. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring.
  - intros l q Hl Hq. unfold symmetric_part. cbv zeta. rewrite table_entry by assumption. rewrite !table_entry by assumption. reflexivity.
  - intros; reflexivity.
Qed.
Lemma last_ok_nonneg fm c : (0 < length (fo_recurrence fm))%nat -> forallb (fun c => cone_b (fo_recurrence fm) (c_form c) (c_factor c)) (fo_cones fm) = true ->
  forall B, last_ok fm (all_vectors (fo_recurrence fm)) c B = true -> forall j, 0 <= at_layer (fo_recurrence fm) (entry B) j.
Proof.
  intros Ho Hc B H j. unfold last_ok in H. cbv zeta in H. apply orb_true_iff in H. destruct H as [H|H].
  - rewrite (vanishes_ok _ _ H j). lra.
  - destruct c as [[q sigma]|].
    + rewrite !andb_true_iff in H. destruct H as [[Hq Hs] Hp]. apply Nat.ltb_lt in Hq. apply Qle_bool_iff in Hs.
      rewrite forallb_forall in Hc. specialize (Hc _ (nth_In _ no_cone Hq)). set (J := c_form (nth q (fo_cones fm) no_cone)) in *.
      pose proof (cone_ok _ J _ Ho Hc j) as Hj. pose proof (semidefinite_ok _ _ Hp (vector_at (fo_recurrence fm) j)) as P.
      fold (at_layer (fo_recurrence fm) (entry (less (fo_recurrence fm) B sigma J)) j) in P. rewrite less_at in P.
      assert (0 <= sigma * at_layer (fo_recurrence fm) (entry J) j) by (apply Qmult_le_0_compat; assumption). lra.
    + exact (semidefinite_ok _ _ H (vector_at (fo_recurrence fm) j)).
Qed.

(* FORMAT.md, lemma locked-by-forms *)
Theorem forms_ok k p fm : forms_b s ls k p fm = true -> (0 < p)%nat /\ forall m i l, (i < n)%nat -> (l < n)%nat ->
  attends_b S' (run S' (k + m)) i l = attends_b S' (run S' (k + m mod p)) i l.
Proof.
  unfold forms_b. cbv zeta. rewrite !andb_true_iff. intros [[[[[[Ho Hp] Hlen] Hsets] Hrec] Hcones] Hkeep].
  apply Nat.ltb_lt in Ho, Hp, Hlen. split; [assumption|]. rewrite below_ok in Hsets, Hrec, Hkeep. set (m := fo_recurrence fm) in *. set (o := length m) in *.
  change (length (listed_tokens s)) with n in *. change (length (listed_A s)) with d in *.
  assert (G : forall r j, (r < p)%nat -> (j < o)%nat -> good S' (layer_at ls (k + r + p * j)) (k + r + p * j)) by (intros r j Hr Hj; apply (lay_good s ls Hgood); nia).
  assert (G0 : forall r, (r < p)%nat -> good S' (layer_at ls (k + r)) (k + r)) by (intros r Hr; apply (lay_good s ls Hgood); nia).
  assert (Same : forall r j i l, (r < p)%nat -> (j <= pred o)%nat -> (i < n)%nat -> (l < n)%nat ->
    attends_b S' (run S' (k + r + p * j)) i l = attends_b S' (run S' (k + r)) i l).
  { intros r j i l Hr Hj Hi Hl. rewrite <- (follows_ok S' _ _ i l (G r j Hr ltac:(lia)) Hi Hl), <- (follows_ok S' _ _ i l (G0 r Hr) Hi Hl). unfold follows.
    specialize (Hsets r Hr). rewrite forallb_forall in Hsets. specialize (Hsets j ltac:(apply in_seq; lia)). unfold owns_eqb in Hsets.
    destruct (list_eq_dec _ _ _) as [E|] in Hsets; [rewrite E; reflexivity|discriminate]. }
  assert (Obeyed : forall i x, (i < n)%nat -> (x < d)%nat -> sum o (fun l => nth l m 0 * run S' (k + p * l) i x) + run S' (k + p * o) i x == 0).
  { intros i x Hi Hx. specialize (Hrec i Hi). rewrite below_ok in Hrec. specialize (Hrec x Hx). apply Qeq_bool_iff in Hrec. rewrite reduced_sum_ok in Hrec.
    rewrite (point_ok S' _ (k + p * o) i x) in Hrec by (try assumption; apply (lay_good s ls Hgood); lia).
    rewrite <- Hrec. apply Qplus_comp; [|reflexivity]. apply sum_ext. intros l Hl.
    rewrite (point_ok S' _ (k + p * l) i x); [reflexivity|apply (lay_good s ls Hgood); nia|assumption..]. }
  apply (decided_locked S' k p Hp). intros r i Hr Hi. specialize (Hkeep r Hr). rewrite below_ok in Hkeep. specialize (Hkeep i Hi). cbv zeta in Hkeep.
  set (own := nth i (l_att (layer_at ls (k + r))) []) in *. set (a := first_true own) in *.
  pose proof (G0 r Hr) as Gr. assert (Lown : length own = n) by (apply (good_row _ _ _ Gr), Hi).
  assert (Hex : existsb (fun b : bool => b) own = true).
  { destruct (argmax n (fun l => form S' (run S' (k + r) i) (run S' (k + r) l))) as [j [Hj Hmax]]; [lia|].
    apply existsb_exists. exists true. split; [|reflexivity]. assert (E : nth j own false = true).
    { unfold own. rewrite (good_att _ _ _ Gr i j Hi Hj). apply attends_spec; [assumption|]. split; assumption. }
    rewrite <- E. apply nth_In. lia. }
  destruct (first_true_spec own Hex) as [Ha Hat]. fold a in Ha, Hat. rewrite Lown in Ha.
  assert (Aat : attends_b S' (run S' (k + r)) i a = true) by (rewrite <- (good_att _ _ _ Gr i a Hi Ha); exact Hat).
  exists a. split; [assumption|]. split; [assumption|]. intros b Hb.
  rewrite below_ok in Hkeep. specialize (Hkeep b Hb). set (B := symmetric_part o _) in *.
  assert (Val : forall j, ideal S' k p r i a j - ideal S' k p r i b j == at_layer m (entry B) j).
  { intros j. rewrite (ideal_at S' k p Hp m Ho Same Obeyed r i a b j Hr Hi Ha Hb). 
    transitivity (at_layer m (difference s (fun q => layer_at ls (k + r + p * q)) i a b) j); [|symmetry; exact (symmetric_part_at m _ j)].
    apply quadratic_ext; [|reflexivity]. intros l q Hl Hq. unfold lead_form, difference. cbv zeta. rewrite Qred_correct, !reduced_form_ok.
    assert (P : forall e c, (e < n)%nat -> (c < o)%nat -> same S' (point (layer_at ls (k + r + p * c)) e) (run S' (k + r + p * c) e)).
    { intros e c He Hc. apply (point_same S'); [apply G; assumption|assumption]. }
    rewrite (form_ext S' _ _ _ _ (P i l Hi Hl) (P a q Ha Hq)), (form_ext S' _ _ _ _ (P i l Hi Hl) (P b q Hb Hq)). reflexivity. }
  assert (First : entry B 0 0 == form S' (run S' (k + r) i) (run S' (k + r) a) - form S' (run S' (k + r) i) (run S' (k + r) b)).
  { rewrite <- (first_entry m B Ho). rewrite <- Val. unfold ideal, score. rewrite Nat.mul_0_r, Nat.add_0_r.
    assert (E : forall e, (e < n)%nat -> same S' (Itinerary.Y S' k p r e) (run S' (k + r) e)).
    { intros e He. apply same_sym. apply (early_run S' k p Hp m Ho Same); [nia|assumption]. }
    rewrite (form_ext S' _ _ _ _ (E i Hi) (E a Ha)), (form_ext S' _ _ _ _ (E i Hi) (E b Hb)). reflexivity. }
  apply attends_spec in Aat; [|assumption]. destruct Aat as [_ Amax]. unfold keeps_order in Hkeep. cbv zeta in Hkeep. fold m in Hkeep.
  destruct (Qeq_bool (entry B 0 0) 0) eqn:E0.
  - left. apply Qeq_bool_iff in E0. split.
    + apply attends_spec; [assumption|]. split; [assumption|]. intros l Hl. specialize (Amax l Hl). lra.
    + intros j. rewrite Val. apply (vanishes_ok m B Hkeep).
  - right. apply andb_true_iff in Hkeep. destruct Hkeep as [Hpos Hpr].
    assert (P0 : 0 < entry B 0 0). { destruct (Qlt_le_dec 0 (entry B 0 0)) as [|L]; [assumption|]. apply Qle_bool_iff in L. rewrite L in Hpos. discriminate. }
    split.
    + apply not_true_is_false. intros C. apply attends_spec in C; [|assumption]. destruct C as [_ C]. specialize (C a Ha). lra.
    + intros j. rewrite Val. apply existsb_exists in Hpr. destruct Hpr as [pr [_ Hpr]].
      apply (proof_ok m (fp_nodes pr) (last_ok fm (all_vectors m) (fp_cone pr)) B Ho); [|exact Hpr|exact P0].
      apply last_ok_nonneg; assumption.
Qed.
Theorem itinerary_ok it : itinerary_b s ls it = true ->
  (0 < it_period it)%nat /\ forall m i l, (i < n)%nat -> (l < n)%nat ->
    attends_b S' (run S' (it_layer it + m)) i l = attends_b S' (run S' (it_layer it + m mod it_period it)) i l.
Proof.
  unfold itinerary_b. destruct (it_forms it) as [fm|]; [apply forms_ok|apply (nodes_ok s ls Hwf Hgood)].
Qed.
Lemma itinerary_length it r : itinerary_b s ls it = true -> (r < it_period it)%nat -> (it_layer it + r < length ls)%nat.
Proof.
  unfold itinerary_b. destruct (it_forms it) as [fm|]; intros H Hr.
  - unfold forms_b in H. cbv zeta in H. rewrite !andb_true_iff in H. destruct H as [[[[[[Ho Hp] Hlen] _] _] _] _]. apply Nat.ltb_lt in Ho, Hp, Hlen. nia.
  - unfold nodes_b in H. cbv zeta in H. rewrite !andb_true_iff in H. destruct H as [[[_ _] Hlen] _]. apply Nat.ltb_lt in Hlen. lia.
Qed.
End Sound.
