(* Lemma locked-itinerary: when attention sets provably repeat for ever. *)
From Exactdyn Require Export Lemmas.
Import ListNotations.
Open Scope Q_scope.

(* differences of a sequence, level after level *)
Fixpoint diff (nodes : list Q) (u : nat -> Q) : nat -> Q :=
  match nodes with [] => u | mu :: rest => diff rest (fun j => u (S j) - mu * u j) end.

Lemma diff_ext nodes : forall u v j, (forall t, (t <= length nodes)%nat -> u (j + t)%nat == v (j + t)%nat) ->
  diff nodes u j == diff nodes v j.
Proof.
  induction nodes as [|mu rest IH]; simpl; intros u v j H.
  - specialize (H 0%nat). rewrite Nat.add_0_r in H. apply H. lia.
  - apply IH. intros t Ht. pose proof (H t ltac:(lia)) as H1. pose proof (H (S t) ltac:(lia)) as H2.
    rewrite Nat.add_succ_r in H2. rewrite H1, H2. reflexivity.
Qed.

Lemma diff_minus nodes : forall u v j, diff nodes (fun j => u j - v j) j == diff nodes u j - diff nodes v j.
Proof.
  induction nodes as [|mu rest IH]; simpl; intros u v j; [reflexivity|].
  rewrite <- IH. apply diff_ext. intros; ring.
Qed.

Lemma diff_0 nodes : forall u j, (forall t, (t <= length nodes)%nat -> u (j + t)%nat == 0) -> diff nodes u j == 0.
Proof.
  induction nodes as [|mu rest IH]; simpl; intros u j H.
  - specialize (H 0%nat). rewrite Nat.add_0_r in H. apply H. lia.
  - apply IH. intros t Ht. pose proof (H t ltac:(lia)) as H1. pose proof (H (S t) ltac:(lia)) as H2.
    rewrite Nat.add_succ_r in H2. rewrite H1, H2. ring.
Qed.

Section Scalar.
Lemma sequence_nonneg nodes : (forall mu, In mu nodes -> 0 < mu) -> forall u : nat -> Q,
  (forall h, (h < length nodes)%nat -> 0 <= diff (firstn h nodes) u 0) ->
  (forall j, diff nodes u j == 0) -> forall j, 0 <= u j.
Proof.
  induction nodes as [|mu rest IH]; intros Hmu u Hh Hz j.
  - simpl in Hz. rewrite Hz. lra.
  - assert (Hd : forall j, 0 <= u (S j) - mu * u j).
    { apply IH.
      - intros; apply Hmu; simpl; auto.
      - intros h Hl. apply (Hh (S h)). simpl; lia.
      - exact Hz. }
    assert (0 < mu) by (apply Hmu; simpl; auto).
    induction j as [|j IHj].
    + apply (Hh 0%nat). simpl; lia.
    + specialize (Hd j). assert (0 <= mu * u j) by (apply Qmult_le_0_compat; lra). lra.
Qed.

Lemma sequence_pos nodes : (forall mu, In mu nodes -> 0 < mu) -> forall u : nat -> Q,
  (forall h, (h < length nodes)%nat -> 0 <= diff (firstn h nodes) u 0) ->
  (forall j, diff nodes u j == 0) -> 0 < u 0%nat -> forall j, 0 < u j.
Proof.
  intros Hmu u Hh Hz H0. destruct nodes as [|mu rest].
  - simpl in Hz. specialize (Hz 0%nat). lra.
  - assert (Hd : forall j, 0 <= u (S j) - mu * u j).
    { apply (sequence_nonneg rest).
      - intros; apply Hmu; simpl; auto.
      - intros h Hl. apply (Hh (S h)). simpl; lia.
      - exact Hz. }
    assert (0 < mu) by (apply Hmu; simpl; auto).
    induction j as [|j IHj]; [assumption|]. specialize (Hd j).
    assert (0 < mu * u j) by (apply Qmult_lt_0_compat; assumption). lra.
Qed.

Lemma sequence_0 nodes : forall u : nat -> Q,
  (forall h, (h < length nodes)%nat -> diff (firstn h nodes) u 0 == 0) ->
  (forall j, diff nodes u j == 0) -> forall j, u j == 0.
Proof.
  induction nodes as [|mu rest IH]; intros u Hh Hz j; [apply Hz|].
  assert (Hd : forall j, u (S j) - mu * u j == 0).
  { apply IH; [|exact Hz]. intros h Hl. apply (Hh (S h)). simpl; lia. }
  induction j as [|j IHj].
  - apply (Hh 0%nat). simpl; lia.
  - specialize (Hd j). rewrite IHj in Hd. lra.
Qed.
End Scalar.

Section Itinerary.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation form := (form s).
Notation same := (same s).
Notation attends_b := (attends_b s).
Notation step := (step s).
Notation run := (run s).
Notation weight := (weight s).

Lemma form_sum_r u m w (Y : state) :
  form u (fun r => sum m (fun j => w j * Y j r)) == sum m (fun j => w j * form u (Y j)).
Proof. apply dot_sum. Qed.
Lemma form_sum_l u m w (Y : state) :
  form (fun r => sum m (fun j => w j * Y j r)) u == sum m (fun j => w j * form (Y j) u).
Proof.
  unfold form, Dynamics.form. rewrite (dot_ext s _ (fun r => sum m (fun j => w j * image s (Y j) r)) u u).
  - rewrite dot_comm, dot_sum. apply sum_ext. intros j _. rewrite dot_comm. reflexivity.
  - intros r _. apply (dot_sum s (A s r)).
  - apply same_refl.
Qed.

Lemma attends_b_ext Y Y' i j : (i < n)%nat -> (j < n)%nat ->
  (forall l, (l < n)%nat -> same (Y l) (Y' l)) -> attends_b Y i j = attends_b Y' i j.
Proof.
  intros Hi Hj H. apply eq_true_iff_eq. rewrite !attends_spec by assumption.
  split; intros [_ K]; (split; [assumption|]); intros l Hl; specialize (K l Hl).
  - rewrite <- (form_ext s _ _ _ _ (H i Hi) (H l Hl)), <- (form_ext s _ _ _ _ (H i Hi) (H j Hj)). exact K.
  - rewrite (form_ext s _ _ _ _ (H i Hi) (H l Hl)), (form_ext s _ _ _ _ (H i Hi) (H j Hj)). exact K.
Qed.

Lemma weight_eq Y Y' i : (forall j, (j < n)%nat -> attends_b Y i j = attends_b Y' i j) ->
  forall j, (j < n)%nat -> weight Y i j == weight Y' i j.
Proof.
  intros H j Hj. unfold weight, Lemmas.weight. rewrite (H j Hj).
  assert (number s Y i == number s Y' i) as ->; [|reflexivity].
  apply sum_ext. intros l Hl. rewrite (H l Hl). reflexivity.
Qed.

(* the matrix of a step *)
Definition matrix Y i j : Q := (1 - tau) * (if Nat.eqb j i then 1 else 0) + tau * weight Y i j.
Definition move (M : nat -> nat -> Q) (Y : state) : state := fun i r => sum n (fun j => M i j * Y j r).

Lemma move_matrix Y Y' i r : (i < n)%nat ->
  move (matrix Y) Y' i r == (1 - tau) * Y' i r + tau * sum n (fun j => weight Y i j * Y' j r).
Proof.
  intros Hi. unfold move, matrix.
  rewrite (sum_ext n _ (fun j => (1 - tau) * ((if Nat.eqb j i then 1 else 0) * Y' j r) + tau * (weight Y i j * Y' j r))) by (intros; ring).
  rewrite sum_plus, !sum_scal, (sum_single n (fun j => (if Nat.eqb j i then 1 else 0) * Y' j r) i Hi).
  - rewrite Nat.eqb_refl. ring.
  - intros j _ Hne. apply Nat.eqb_neq in Hne. rewrite Hne. ring.
Qed.

Lemma step_move Y Y' i : (i < n)%nat ->
  (forall j, (j < n)%nat -> attends_b Y i j = attends_b Y' i j) ->
  same (step Y' i) (move (matrix Y) Y' i).
Proof.
  intros Hi H r Hr. rewrite move_matrix by assumption.
  rewrite (sum_ext n _ (fun j => weight Y' i j * Y' j r)) by (intros j Hj; rewrite (weight_eq Y Y' i H j Hj); reflexivity).
  rewrite <- (attended_weight s Y' i Hi r Hr). unfold step, Dynamics.step. ring.
Qed.

Variables (k p : nat) (nodes : list Q).
Hypothesis Hp : (0 < p)%nat.
Notation N := (length nodes).
Definition M m := matrix (run (k + m mod p)).
Fixpoint Y m : state := match m with O => run k | S m' => move (M m') (Y m') end.
Definition T m (X : nat -> nat -> Q) : nat -> nat -> Q :=
  fun i j => sum n (fun a => sum n (fun b => M m i a * M m j b * X a b)).
Fixpoint TT m q X := match q with O => X | S q' => T (m + q') (TT m q' X) end.

Definition eqm (X X' : nat -> nat -> Q) := forall i j, (i < n)%nat -> (j < n)%nat -> X i j == X' i j.
Definition score (W : state) : nat -> nat -> Q := fun i j => form (W i) (W j).

Lemma T_ext m X X' : eqm X X' -> eqm (T m X) (T m X').
Proof.
  intros H i j _ _. apply sum_ext. intros a Ha. apply sum_ext. intros b Hb. rewrite (H a b Ha Hb). reflexivity.
Qed.
Lemma TT_ext m q X X' : eqm X X' -> eqm (TT m q X) (TT m q X').
Proof. intros H. induction q; simpl; [assumption|]. apply T_ext, IHq. Qed.
Lemma T_lin m X X' c : eqm (T m (fun a b => X a b - c * X' a b)) (fun i j => T m X i j - c * T m X' i j).
Proof.
  intros i j _ _. unfold T. rewrite <- sum_scal, <- sum_minus. apply sum_ext. intros a _.
  rewrite <- sum_scal, <- sum_minus. apply sum_ext. intros; ring.
Qed.
Lemma TT_lin m q X X' c : eqm (TT m q (fun a b => X a b - c * X' a b)) (fun i j => TT m q X i j - c * TT m q X' i j).
Proof.
  induction q; simpl; [intros i j _ _; reflexivity|].
  intros i j Hi Hj. rewrite (T_ext _ _ _ IHq i j Hi Hj). apply T_lin; assumption.
Qed.
Lemma TT_0 m q X : eqm X (fun _ _ => 0) -> eqm (TT m q X) (fun _ _ => 0).
Proof.
  intros H. induction q; simpl; [assumption|]. intros i j _ _. apply sum_0. intros a Ha. apply sum_0. intros b Hb.
  rewrite (IHq a b Ha Hb). ring.
Qed.
Lemma M_mod m j : M (m + p * j) = M m.
Proof. unfold M. rewrite Nat.mul_comm, Nat.mod_add by lia. reflexivity. Qed.
Lemma TT_mod m j q X : TT (m + p * j) q X = TT m q X.
Proof.
  induction q; simpl; [reflexivity|]. rewrite IHq. unfold T.
  replace (m + p * j + q)%nat with (m + q + p * j)%nat by lia. rewrite M_mod. reflexivity.
Qed.

Lemma score_move m : eqm (score (Y (S m))) (T m (score (Y m))).
Proof.
  intros i j Hi Hj. unfold score. simpl Y. unfold move.
  rewrite form_sum_l. apply sum_ext. intros a _. rewrite form_sum_r, <- sum_scal. apply sum_ext. intros b _. ring.
Qed.
Lemma score_moves m q : eqm (score (Y (m + q))) (TT m q (score (Y m))).
Proof.
  induction q; simpl; [rewrite Nat.add_0_r; intros i j _ _; reflexivity|].
  rewrite Nat.add_succ_r. intros i j Hi Hj. rewrite (score_move _ i j Hi Hj). apply T_ext; assumption.
Qed.

Lemma diff_TT m q l : forall sigma : nat -> nat -> nat -> Q,
  (forall j, eqm (sigma (S j)) (TT m q (sigma j))) ->
  forall j, eqm (fun a b => diff l (fun j => sigma j a b) (S j)) (TT m q (fun a b => diff l (fun j => sigma j a b) j)).
Proof.
  induction l as [|mu rest IH]; intros sigma H j; [apply H|].
  simpl. apply (IH (fun j a b => sigma (S j) a b - mu * sigma j a b)).
  intros j' a b Ha Hb. rewrite (TT_lin m q (sigma (S j')) (sigma j') mu a b Ha Hb).
  rewrite (H (S j') a b Ha Hb), (H j' a b Ha Hb). reflexivity.
Qed.

(* scores of the run that keeps repeating the sets, whether or not they are attended; if these keep their order, it is the run *)
Definition ideal r i l j := score (Y (r + p * j)) i l.
Definition decided : Prop := forall r i, (r < p)%nat -> (i < n)%nat -> exists a, (a < n)%nat /\ attends_b (run (k + r)) i a = true /\
  forall b, (b < n)%nat ->
    (attends_b (run (k + r)) i b = true /\ forall j, ideal r i a j - ideal r i b j == 0) \/
    (attends_b (run (k + r)) i b = false /\ forall j, 0 < ideal r i a j - ideal r i b j).
Lemma same_move W V V' : (forall i, (i < n)%nat -> same (V i) (V' i)) -> forall i, (i < n)%nat -> same (move W V i) (move W V' i).
Proof.
  intros H i _ r Hr. unfold move. apply sum_ext. intros j Hj. rewrite (H j Hj r Hr). reflexivity.
Qed.
Lemma split_mod m : exists j, m = (m mod p + p * j)%nat.
Proof. exists (m / p)%nat. pose proof (Nat.div_mod m p ltac:(lia)). lia. Qed.
Lemma follow m : (forall t, (t < m)%nat -> forall i l, (i < n)%nat -> (l < n)%nat ->
    attends_b (run (k + t)) i l = attends_b (run (k + t mod p)) i l) ->
  forall i, (i < n)%nat -> same (run (k + m) i) (Y m i).
Proof.
  induction m as [|m IH]; intros H i Hi; [rewrite Nat.add_0_r; apply same_refl|].
  rewrite Nat.add_succ_r. simpl.
  assert (IH' : forall i, (i < n)%nat -> same (run (k + m) i) (Y m i)) by (apply IH; intros; apply H; lia).
  apply same_trans with (move (M m) (run (k + m)) i).
  - apply step_move; [assumption|]. intros l Hl. symmetry. apply H; [lia|assumption..].
  - apply same_move; assumption.
Qed.
Lemma early_to J : (forall r j i l, (r < p)%nat -> (j <= J)%nat -> (i < n)%nat -> (l < n)%nat ->
    attends_b (run (k + r + p * j)) i l = attends_b (run (k + r)) i l) ->
  forall m, (m <= p * (J + 1))%nat -> forall i, (i < n)%nat -> same (run (k + m) i) (Y m i).
Proof.
  intros HJ m Hm. apply follow. intros t Ht i l Hi Hl. destruct (split_mod t) as [j Hj].
  rewrite Hj at 1. rewrite Nat.add_assoc. apply HJ; [apply Nat.mod_upper_bound; lia| |assumption..].
  assert (p * j < p * (J + 1))%nat by lia. apply Nat.mul_lt_mono_pos_l in H; lia.
Qed.
Lemma decided_attends : decided -> forall m i l, (i < n)%nat -> (l < n)%nat -> attends_b (Y m) i l = attends_b (run (k + m mod p)) i l.
Proof.
  intros D m i l Hi Hl. pose proof (Nat.mod_upper_bound m p ltac:(lia)) as Hr.
  destruct (split_mod m) as [j Hj]. remember (m mod p) as r eqn:Er. clear Er.
  destruct (D r i Hr Hi) as [a [Ha [Hat Hdec]]].
  assert (Hge : forall b, (b < n)%nat -> form (Y m i) (Y m b) <= form (Y m i) (Y m a)).
  { intros b Hb. subst m. destruct (Hdec b Hb) as [[_ K]|[_ K]]; specialize (K j); unfold ideal, score in K; lra. }
  destruct (Hdec l Hl) as [[E K]|[E K]]; rewrite E; specialize (K j); unfold ideal, score in K; rewrite <- Hj in K.
  - apply attends_spec; [assumption|]. split; [assumption|]. intros b Hb. specialize (Hge b Hb). lra.
  - apply not_true_is_false. intros C. apply attends_spec in C; [|assumption]. destruct C as [_ C].
    specialize (C a Ha). lra.
Qed.
Theorem decided_locked : decided -> forall m i l, (i < n)%nat -> (l < n)%nat ->
  attends_b (run (k + m)) i l = attends_b (run (k + m mod p)) i l.
Proof.
  intros D m. induction m as [m IH] using lt_wf_ind. intros i l Hi Hl.
  rewrite <- (decided_attends D m i l Hi Hl). apply attends_b_ext; try assumption.
  intros j Hj. apply follow; [|assumption]. intros t Ht. apply IH, Ht.
Qed.

(* the conditions that the checker checks *)
Hypothesis Hnodes : forall mu, In mu nodes -> 0 < mu.
Hypothesis H1 : forall r j i l, (r < p)%nat -> (j <= N)%nat -> (i < n)%nat -> (l < n)%nat ->
  attends_b (run (k + r + p * j)) i l = attends_b (run (k + r)) i l.
Definition observed r i l (j : nat) : Q := form (run (k + r + p * j) i) (run (k + r + p * j) l).
Hypothesis H2 : forall r i, (r < p)%nat -> (i < n)%nat -> exists a, (a < n)%nat /\ attends_b (run (k + r)) i a = true /\
  forall h b, (h < N)%nat -> (b < n)%nat ->
    diff (firstn h nodes) (observed r i b) 0 <= diff (firstn h nodes) (observed r i a) 0.
Hypothesis H3 : forall r i l, (r < p)%nat -> (i < n)%nat -> (l < n)%nat -> diff nodes (observed r i l) 0 == 0.

Lemma early m : (m <= p * (N + 1))%nat -> forall i, (i < n)%nat -> same (run (k + m) i) (Y m i).
Proof. apply early_to. exact H1. Qed.

Lemma ideal_observed r i l j : (r < p)%nat -> (j <= N)%nat -> (i < n)%nat -> (l < n)%nat -> observed r i l j == ideal r i l j.
Proof.
  intros Hr Hj Hi Hl. unfold observed, ideal, score. rewrite <- !Nat.add_assoc.
  assert (p * j <= p * N)%nat by (apply Nat.mul_le_mono_l; assumption).
  apply form_ext; apply early; try assumption; lia.
Qed.

Lemma diff_ideal r i l h : (r < p)%nat -> (i < n)%nat -> (l < n)%nat ->
  diff (firstn h nodes) (ideal r i l) 0 == diff (firstn h nodes) (observed r i l) 0.
Proof.
  intros Hr Hi Hl. apply diff_ext. intros t Ht. rewrite firstn_length in Ht. simpl.
  rewrite ideal_observed; [reflexivity|assumption|lia|assumption..].
Qed.

Lemma ideal_0 r i l j : (r < p)%nat -> (i < n)%nat -> (l < n)%nat -> diff nodes (ideal r i l) j == 0.
Proof.
  intros Hr. revert i l. induction j as [|j IH]; intros i l Hi Hl.
  - pose proof (diff_ideal r i l N Hr Hi Hl) as E. rewrite firstn_all in E. rewrite E. apply H3; assumption.
  - pose proof (diff_TT r p nodes (fun j i l => ideal r i l j)) as E. cbv beta in E.
    assert (Hs : forall j, eqm (fun i l => ideal r i l (S j)) (TT r p (fun i l => ideal r i l j))).
    { intros j' a b Ha Hb. unfold ideal. replace (r + p * S j')%nat with (r + p * j' + p)%nat by lia.
      rewrite (score_moves (r + p * j') p a b Ha Hb). rewrite TT_mod. apply TT_ext; [|assumption..].
      intros x y _ _. reflexivity. }
    pose proof (E Hs j i l Hi Hl) as E2. cbv beta in E2.
    change (diff nodes (ideal r i l) (S j)) with (diff nodes (fun j0 => ideal r i l j0) (S j)).
    rewrite E2. apply (TT_0 r p); assumption.
Qed.

Lemma nodes_decide : decided.
Proof.
  intros r i Hr Hi. destruct (H2 r i Hr Hi) as [a [Ha [Hat Hmax]]]. exists a. split; [assumption|]. split; [assumption|].
  pose (u := fun (b : nat) j => ideal r i a j - ideal r i b j).
  assert (Hz : forall b, (b < n)%nat -> forall j, diff nodes (u b) j == 0).
  { intros b Hb j'. unfold u. rewrite diff_minus, !ideal_0 by assumption. lra. }
  intros b Hb. destruct (attends_b (run (k + r)) i b) eqn:E; [left|right]; (split; [reflexivity|]).
    - change (forall j, u b j == 0). apply (sequence_0 nodes); [|auto]. intros h Hh. apply diff_0. intros t Ht. rewrite firstn_length in Ht. simpl.
      unfold u. rewrite <- !ideal_observed by (try assumption; lia). unfold observed.
      assert (Ea : attends_b (run (k + r + p * t)) i a = true) by (rewrite H1; [assumption|assumption|lia|assumption..]).
      assert (Eb : attends_b (run (k + r + p * t)) i b = true) by (rewrite H1; [assumption|assumption|lia|assumption..]).
      apply attends_spec in Ea, Eb; try assumption. destruct Ea as [_ Ea], Eb as [_ Eb].
      specialize (Ea b Hb). specialize (Eb a Ha). lra.
    - change (forall j, 0 < u b j). apply (sequence_pos nodes); [assumption| |auto|].
      + intros h Hh. unfold u. rewrite diff_minus, !diff_ideal by assumption. specialize (Hmax h b Hh Hb). lra.
      + unfold u. rewrite <- !ideal_observed by (try assumption; lia). unfold observed.
        rewrite Nat.mul_0_r, Nat.add_0_r.
        apply attends_spec in Hat; [|assumption]. destruct Hat as [_ Hat].
        destruct (Qlt_le_dec (form (run (k + r) i) (run (k + r) b)) (form (run (k + r) i) (run (k + r) a))) as [|Hle]; [lra|].
        exfalso. assert (attends_b (run (k + r)) i b = true); [|congruence].
        apply attends_spec; [assumption|]. split; [assumption|]. intros l' Hl'. specialize (Hat l' Hl'). lra.
Qed.

(* FORMAT.md, lemma locked-itinerary *)
Theorem locked_itinerary m i l : (i < n)%nat -> (l < n)%nat ->
  attends_b (run (k + m)) i l = attends_b (run (k + m mod p)) i l.
Proof. apply decided_locked, nodes_decide. Qed.
End Itinerary.
