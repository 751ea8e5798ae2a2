(* Finite sums of rationals: everything about them that the proofs need. *)
From Exactdyn Require Export Dynamics.
Open Scope Q_scope.

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i == g i) -> sum n f == sum n g.
Proof.
  induction n; simpl; intros H; [reflexivity|].
  rewrite IHn by (intros; apply H; lia). rewrite (H n) by lia. reflexivity.
Qed.

Lemma sum_plus n f g : sum n (fun i => f i + g i) == sum n f + sum n g.
Proof. induction n; simpl; [lra|rewrite IHn; lra]. Qed.

Lemma sum_minus n f g : sum n (fun i => f i - g i) == sum n f - sum n g.
Proof. induction n; simpl; [lra|rewrite IHn; lra]. Qed.

Lemma sum_scal n a f : sum n (fun i => a * f i) == a * sum n f.
Proof. induction n; simpl; [lra|rewrite IHn; ring]. Qed.

Lemma sum_scal_r n a f : sum n (fun i => f i * a) == sum n f * a.
Proof. induction n; simpl; [lra|rewrite IHn; ring]. Qed.

Lemma sum_0 n f : (forall i, (i < n)%nat -> f i == 0) -> sum n f == 0.
Proof.
  induction n; simpl; intros H; [reflexivity|].
  rewrite IHn by (intros; apply H; lia). rewrite (H n) by lia. reflexivity.
Qed.

Lemma sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n; simpl; intros H; [lra|].
  assert (H1 : sum n f <= sum n g) by (apply IHn; intros; apply H; lia).
  assert (H2 : f n <= g n) by (apply H; lia). lra.
Qed.

Lemma sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros H. assert (sum n (fun _ => 0) <= sum n f) by (apply sum_le; auto).
  rewrite (sum_0 n (fun _ => 0)) in H0 by reflexivity. exact H0.
Qed.

Lemma sum_nonneg_0 n f : (forall i, (i < n)%nat -> 0 <= f i) -> sum n f <= 0 ->
  forall i, (i < n)%nat -> f i == 0.
Proof.
  induction n; simpl; intros H Hs i Hi; [lia|].
  assert (0 <= sum n f) by (apply sum_nonneg; intros; apply H; lia).
  assert (0 <= f n) by (apply H; lia).
  destruct (Nat.eq_dec i n) as [->|]; [lra|].
  apply IHn; [intros; apply H; lia|lra|lia].
Qed.

Lemma sum_pos n f : (forall i, (i < n)%nat -> 0 <= f i) ->
  forall i, (i < n)%nat -> 0 < f i -> 0 < sum n f.
Proof.
  intros H i Hi Hp. destruct (Qlt_le_dec 0 (sum n f)) as [|Hn]; [assumption|].
  pose proof (sum_nonneg_0 n f H Hn i Hi). lra.
Qed.

Lemma sum_swap n m (f : nat -> nat -> Q) :
  sum n (fun i => sum m (fun j => f i j)) == sum m (fun j => sum n (fun i => f i j)).
Proof.
  induction n; simpl.
  - symmetry. apply sum_0. reflexivity.
  - rewrite IHn. rewrite <- sum_plus. reflexivity.
Qed.

Lemma sum_single n f i : (i < n)%nat -> (forall j, (j < n)%nat -> j <> i -> f j == 0) ->
  sum n f == f i.
Proof.
  induction n; simpl; intros Hi H; [lia|].
  destruct (Nat.eq_dec i n) as [->|].
  - rewrite sum_0; [lra|]. intros j Hj. apply H; lia.
  - rewrite IHn; [|lia|intros; apply H; lia]. rewrite (H n) by lia. lra.
Qed.

Lemma sum_split (f : nat -> Q) m j : (j < m)%nat -> sum m f == f j + sum m (fun l => if Nat.eqb l j then 0 else f l).
Proof.
  intros Hj. assert (E : sum m (fun l => if Nat.eqb l j then f l else 0) == f j).
  { rewrite (sum_single m _ j Hj); [rewrite Nat.eqb_refl; reflexivity|].
    intros l _ Hl. apply Nat.eqb_neq in Hl. rewrite Hl. reflexivity. }
  rewrite <- E, <- sum_plus. apply sum_ext. intros l _. destruct (Nat.eqb l j); ring.
Qed.

Fixpoint pow (x : Q) (k : nat) : Q := match k with O => 1 | S m => x * pow x m end.

(* Convex weights. *)
Lemma mean_le n w v M : convex n w -> (forall j, (j < n)%nat -> 0 < w j -> v j <= M) ->
  sum n (fun j => w j * v j) <= M.
Proof.
  intros [Hw H1] H.
  assert (sum n (fun j => w j * v j) <= sum n (fun j => w j * M)).
  { apply sum_le. intros i Hi. specialize (Hw i Hi). specialize (H i Hi).
    destruct (Qlt_le_dec 0 (w i)) as [Hp|Hn]; [specialize (H Hp); nra|].
    assert (w i == 0) by lra. rewrite H0. lra. }
  rewrite sum_scal_r, H1 in H0. lra.
Qed.

Lemma mean_ge n w v M : convex n w -> (forall j, (j < n)%nat -> 0 < w j -> M <= v j) ->
  M <= sum n (fun j => w j * v j).
Proof.
  intros Hw H.
  assert (sum n (fun j => w j * (- v j)) <= - M).
  { apply mean_le; [assumption|]. intros j Hj Hp. specialize (H j Hj Hp). lra. }
  rewrite (sum_ext _ _ (fun j => -1 * (w j * v j))) in H0 by (intros; ring).
  rewrite sum_scal in H0. lra.
Qed.

Lemma mean_eq n w v M : convex n w -> (forall j, (j < n)%nat -> 0 < w j -> v j == M) ->
  sum n (fun j => w j * v j) == M.
Proof.
  intros Hw H. apply Qle_antisym; [apply mean_le|apply mean_ge]; auto;
  intros j Hj Hp; rewrite (H j Hj Hp); lra.
Qed.

(* A mean that attains the bound has all its weight where the bound is attained. *)
Lemma mean_tight n w v M : convex n w -> (forall j, (j < n)%nat -> v j <= M) ->
  M <= sum n (fun j => w j * v j) -> forall j, (j < n)%nat -> 0 < w j -> v j == M.
Proof.
  intros [Hw H1] Hv Hm j Hj Hp.
  assert (H0 : forall i, (i < n)%nat -> 0 <= w i * (M - v i)).
  { intros i Hi. specialize (Hw i Hi). specialize (Hv i Hi). nra. }
  assert (Hs : sum n (fun i => w i * (M - v i)) <= 0).
  { rewrite (sum_ext _ _ (fun i => w i * M - w i * v i)) by (intros; ring).
    rewrite sum_minus, sum_scal_r, H1. lra. }
  pose proof (sum_nonneg_0 n _ H0 Hs j Hj) as Hz. simpl in Hz.
  specialize (Hv j Hj). nra.
Qed.

Lemma choose (P : nat -> (nat -> Q) -> Prop) m : (forall i, (i < m)%nat -> exists w, P i w) ->
  exists W : nat -> nat -> Q, forall i, (i < m)%nat -> P i (W i).
Proof.
  induction m as [|m IH]; intros H; [exists (fun _ _ => 0); intros; lia|].
  destruct IH as [W HW]; [intros; apply H; lia|]. destruct (H m ltac:(lia)) as [w Hw].
  exists (fun i => if Nat.eqb i m then w else W i). intros i Hi. destruct (Nat.eqb i m) eqn:E.
  - apply Nat.eqb_eq in E. subst. assumption.
  - apply Nat.eqb_neq in E. apply HW. lia.
Qed.

Lemma convex_some n w : convex n w -> exists j, (j < n)%nat /\ 0 < w j.
Proof.
  intros [Hw H1]. induction n as [|m IH]; simpl in H1; [lra|]. destruct (Qlt_le_dec 0 (w m)) as [|L]; [exists m; auto|].
  destruct IH as [j [A B]]; [intros; apply Hw; lia| |exists j; split; [lia|assumption]].
  assert (0 <= w m) by (apply Hw; lia). lra.
Qed.
Lemma mean_tight_supported n w v M : convex n w -> (forall j, (j < n)%nat -> 0 < w j -> v j <= M) ->
  M <= sum n (fun j => w j * v j) -> forall j, (j < n)%nat -> 0 < w j -> v j == M.
Proof.
  intros [Hw H1] Hv Hm j Hj Hp.
  assert (H0 : forall i, (i < n)%nat -> 0 <= w i * (M - v i)).
  { intros i Hi. specialize (Hw i Hi). destruct (Qlt_le_dec 0 (w i)) as [L|L]; [specialize (Hv i Hi L); nra|].
    assert (E : w i == 0) by lra. rewrite E. lra. }
  assert (Hs : sum n (fun i => w i * (M - v i)) <= 0).
  { rewrite (sum_ext _ _ (fun i => w i * M - w i * v i)) by (intros; ring). rewrite sum_minus, sum_scal_r, H1. lra. }
  pose proof (sum_nonneg_0 n _ H0 Hs j Hj) as Hz. cbv beta in Hz. specialize (Hv j Hj Hp). nra.
Qed.
Lemma sum_lt n f g i : (forall j, (j < n)%nat -> f j <= g j) -> (i < n)%nat -> f i < g i -> sum n f < sum n g.
Proof.
  intros H Hi Hlt. assert (0 < sum n (fun j => g j - f j)).
  { apply sum_pos with (i := i); [|assumption|lra]. intros j Hj. specialize (H j Hj). lra. }
  rewrite sum_minus in H0. lra.
Qed.
Lemma sum_first n f : sum (S n) f == f 0%nat + sum n (fun i => f (S i)).
Proof. induction n; simpl; [ring|]. simpl in IHn. rewrite IHn. ring. Qed.

(* every number below n passes the test *)
Definition below (n : nat) (f : nat -> bool) : bool := forallb f (seq 0 n).
Lemma below_ok n f : below n f = true <-> forall i, (i < n)%nat -> f i = true.
Proof.
  unfold below. rewrite forallb_forall. split; intros H i Hi; apply H; [apply in_seq; lia|apply in_seq in Hi; lia].
Qed.
