(* Lemma consensus, constructively: the squared diameter falls by a fixed amount at every layer at which it is not small. *)
From Exactdyn Require Export LimitPolytope.
Open Scope Q_scope.

Section Consensus.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation run := (run s).
Notation form := (form s).
Notation hull := (hull s).
Notation step := (step s).
Hypothesis tau_0 : 0 < tau.
Hypothesis tau_1 : tau < 1.
Variables (C delta : Q).
Hypothesis HC : 0 <= C.
Hypothesis Hdelta : 0 < delta.
Hypothesis negative : forall x, form x x <= 0.
Hypothesis coerce : forall x t, 0 <= t -> - form x x <= delta * (t * t) -> forall i, (i < d)%nat -> Qabs (x i) <= C * t.

Definition off (x y : vector) : vector := fun r => 1 * x r + -1 * y r.
Definition Nq (x : vector) : Q := - form x x.
Lemma Nq_off x y : Nq (off x y) == - form x x + form x y + form y x - form y y.
Proof. unfold Nq, off. rewrite form_lin_r, !form_lin_l. ring. Qed.
Lemma Nq_nonneg x : 0 <= Nq x. Proof. unfold Nq. pose proof (negative x). lra. Qed.
Lemma Nq_sym x y : Nq (off x y) == Nq (off y x). Proof. rewrite !Nq_off. ring. Qed.
Lemma Nq_ext x y : same s x y -> Nq x == Nq y.
Proof. intros E. unfold Nq. rewrite (form_ext s _ _ _ _ E E). reflexivity. Qed.

(* the squared diameter *)
Definition diameter (Y : state) : Q := maxn n (fun i => maxn n (fun j => Nq (off (Y i) (Y j)))).
Lemma diameter_ge Y i j : (i < n)%nat -> (j < n)%nat -> Nq (off (Y i) (Y j)) <= diameter Y.
Proof.
  intros Hi Hj. eapply Qle_trans; [|apply (maxn_ge n (fun i => maxn n (fun j => Nq (off (Y i) (Y j)))) i Hi)].
  apply (maxn_ge n (fun j => Nq (off (Y i) (Y j))) j Hj).
Qed.
Lemma jensen Y x v M : hull Y x -> (forall i, (i < n)%nat -> Nq (off (Y i) v) <= M) -> Nq (off x v) <= M.
Proof.
  intros [u [Hu Hx]] H.
  assert (Fl : forall z, form x z == sum n (fun i => u i * form (Y i) z)).
  { intros z. rewrite (form_ext s x _ z z Hx (same_refl s z)). apply form_sum_l. }
  assert (Fr : forall z, form z x == sum n (fun i => u i * form z (Y i))).
  { intros z. rewrite (form_ext s z z x _ (same_refl s z) Hx). apply form_sum_r. }
  assert (E : sum n (fun i => u i * Nq (off (Y i) x)) == sum n (fun i => u i * Nq (off (Y i) v)) - Nq (off x v)).
  { destruct Hu as [_ U1].
    assert (G : forall z, sum n (fun i => u i * Nq (off (Y i) z)) == - sum n (fun i => u i * form (Y i) (Y i)) + form x z + form z x - form z z).
    { intros z. rewrite Fl, Fr. rewrite (sum_ext n (fun i => u i * Nq (off (Y i) z))
        (fun i => (-1 * (u i * form (Y i) (Y i)) + u i * form (Y i) z) + (u i * form z (Y i) - u i * form z z))).
      - rewrite sum_plus, sum_plus, sum_minus, sum_scal, sum_scal_r, U1. ring.
      - intros i _. rewrite Nq_off. ring. }
    rewrite !G, Nq_off. ring. }
  assert (0 <= sum n (fun i => u i * Nq (off (Y i) x))).
  { apply sum_nonneg. intros i Hi. apply Qmult_le_0_compat; [apply Hu, Hi|apply Nq_nonneg]. }
  assert (sum n (fun i => u i * Nq (off (Y i) v)) <= M) by (apply mean_le; auto). lra.
Qed.
Lemma hull_diameter Y x y : hull Y x -> hull Y y -> Nq (off x y) <= diameter Y.
Proof.
  intros Hx Hy. apply (jensen Y x y _ Hx). intros i Hi. rewrite Nq_sym. apply (jensen Y y (Y i) _ Hy).
  intros j Hj. apply diameter_ge; assumption.
Qed.

Lemma hull_attended Y i : (i < n)%nat -> hull Y (attended s Y i).
Proof. intros Hi. exists (weight s Y i). split; [apply weight_convex, Hi|]. apply attended_weight, Hi. Qed.
Lemma hull_step Y i : (i < n)%nat -> hull Y (step Y i).
Proof. intros Hi. apply (convex_step s Y); [lra|lra|]. apply hull_member, Hi. Qed.

Lemma strictly_convex Y i v : (i < n)%nat -> hull Y v ->
  tau * (1 - tau) * Nq (off (attended s Y i) (Y i)) <= diameter Y - Nq (off (step Y i) v).
Proof.
  intros Hi Hv.
  assert (E : Nq (off (step Y i) v) == (1 - tau) * Nq (off (Y i) v) + tau * Nq (off (attended s Y i) v) - tau * (1 - tau) * Nq (off (attended s Y i) (Y i))).
  { assert (Es : same s (off (step Y i) v) (off (fun r => (1 - tau) * Y i r + tau * attended s Y i r) v)) by (intros r _; unfold off, step, Dynamics.step; ring).
    rewrite (Nq_ext _ _ Es). rewrite !Nq_off, !form_lin_r, !form_lin_l. ring. }
  pose proof (hull_diameter Y (Y i) v (hull_member s Y i Hi) Hv) as H1.
  pose proof (hull_diameter Y (attended s Y i) v (hull_attended Y i Hi) Hv) as H2.
  assert ((1 - tau) * Nq (off (Y i) v) <= (1 - tau) * diameter Y) by (rewrite !(Qmult_comm (1 - tau)); apply Qmult_le_compat_r; lra).
  assert (tau * Nq (off (attended s Y i) v) <= tau * diameter Y) by (rewrite !(Qmult_comm tau); apply Qmult_le_compat_r; lra).
  lra.
Qed.

Lemma parallelogram x y t : Nq (fun r => 1 * x r + t * y r) <= 2 * Nq x + 2 * (t * t) * Nq y.
Proof.
  pose proof (Nq_nonneg (fun r => 1 * x r + (- t) * y r)) as H.
  unfold Nq in *. rewrite form_lin_r, !form_lin_l in H. rewrite form_lin_r, !form_lin_l. lra.
Qed.

Lemma two_tokens Y i j : (i < n)%nat -> (j < n)%nat ->
  let e := off (attended s Y i) (Y i) in let e' := off (attended s Y j) (Y j) in
  Nq (off (step Y i) (step Y j)) <= 2 * (form (Y i) e + form (Y j) e') + 4 * (tau * tau) * (Nq e + Nq e').
Proof.
  intros Hi Hj e e'.
  assert (Es : same s (off (step Y i) (step Y j)) (fun r => 1 * off (Y i) (Y j) r + tau * (1 * e r + (-1) * e' r))).
  { intros r _. unfold e, e', off, step, Dynamics.step. ring. }
  assert (E1 : Nq (off (step Y i) (step Y j)) <= 2 * Nq (off (Y i) (Y j)) + 2 * (tau * tau) * Nq (fun r => 1 * e r + (-1) * e' r)).
  { rewrite (Nq_ext _ _ Es). apply (parallelogram (off (Y i) (Y j)) (fun r => 1 * e r + (-1) * e' r) tau). }
  pose proof (parallelogram e e' (-1)) as E2.
  assert (E3 : Nq (off (Y i) (Y j)) <= form (Y i) e + form (Y j) e').
  { rewrite Nq_off. unfold e, e', off. rewrite !form_lin_r.
    pose proof (attended_max s Y i Hi j Hj). pose proof (attended_max s Y j Hj i Hi). lra. }
  assert (0 <= tau * tau) by nra.
  assert (2 * (tau * tau) * Nq (fun r => 1 * e r + (-1) * e' r) <= 2 * (tau * tau) * (2 * Nq e + 2 * (-1 * -1) * Nq e')).
  { rewrite !(Qmult_comm (2 * (tau * tau))). apply Qmult_le_compat_r; [exact E2|lra]. }
  lra.
Qed.

(* bounds *)
Definition size_A : Q := sum d (fun r => sum d (fun t => Qabs (A s r t))).
Lemma form_bound x y a b : 0 <= a -> 0 <= b -> (forall r, (r < d)%nat -> Qabs (x r) <= a) -> (forall r, (r < d)%nat -> Qabs (y r) <= b) ->
  form x y <= size_A * (a * b).
Proof.
  intros Ha Hb Hx Hy. rewrite form_double. unfold size_A. rewrite <- sum_scal_r. apply sum_le. intros r Hr.
  rewrite <- sum_scal_r. apply sum_le. intros t Ht.
  eapply Qle_trans; [apply Qle_Qabs|]. rewrite !Qabs_Qmult, <- Qmult_assoc, !(Qmult_comm (Qabs (A s r t))).
  apply Qmult_le_compat_r; [|apply Qabs_nonneg]. specialize (Hx t Ht). specialize (Hy r Hr).
  pose proof (Qabs_nonneg (x t)). pose proof (Qabs_nonneg (y r)).
  apply Qle_trans with (a * Qabs (y r)); [apply Qmult_le_compat_r; assumption|].
  rewrite !(Qmult_comm a). apply Qmult_le_compat_r; assumption.
Qed.

Lemma hull_shrinks' m t x : hull (run (m + t)) x -> hull (run m) x.
Proof.
  induction t; [rewrite Nat.add_0_r; auto|]. rewrite Nat.add_succ_r. intros H. apply IHt.
  apply (convex_step s (run (m + t))); [lra|lra|exact H].
Qed.

Definition bound : Q := maxn n (fun i => maxn d (fun r => Qabs (tokens s i r))).
Lemma bound_nonneg : 0 <= bound. Proof. apply maxn_nonneg. Qed.
Lemma run_bound m i r : (i < n)%nat -> (r < d)%nat -> Qabs (run m i r) <= bound.
Proof.
  intros Hi Hr. assert (H : hull (run 0) (run m i)) by (apply (hull_shrinks' 0 m), hull_member, Hi).
  destruct H as [u [Hu Hx]]. rewrite (Hx r Hr).
  assert (B : forall j, (j < n)%nat -> Qabs (run 0 j r) <= bound).
  { intros j Hj. eapply Qle_trans; [|apply (maxn_ge n (fun i => maxn d (fun r => Qabs (tokens s i r))) j Hj)].
    apply (maxn_ge d (fun r => Qabs (tokens s j r)) r Hr). }
  apply Qabs_Qle_condition. split.
  - apply mean_ge; [assumption|]. intros j Hj _. specialize (B j Hj). apply Qabs_Qle_condition in B. apply B.
  - apply mean_le; [assumption|]. intros j Hj _. specialize (B j Hj). apply Qabs_Qle_condition in B. apply B.
Qed.

Lemma smaller a b c : 0 < a -> 0 < b -> 0 < c -> exists e, 0 < e /\ e <= a /\ e <= b /\ e <= c.
Proof.
  intros Ha Hb Hc. destruct (Qlt_le_dec a b); [destruct (Qlt_le_dec a c); [exists a|exists c]|destruct (Qlt_le_dec b c); [exists b|exists c]];
  repeat split; lra.
Qed.

Theorem diameter_falls eps : 0 < eps -> exists kappa, 0 < kappa /\
  forall m, eps <= diameter (run m) -> diameter (run (S m)) <= diameter (run m) - kappa.
Proof.
  intros He. set (P := size_A * (bound * C)).
  assert (HA : 0 <= size_A) by (apply sum_nonneg; intros; apply sum_nonneg; intros; apply Qabs_nonneg).
  pose proof bound_nonneg as HB.
  assert (HP : 0 <= P) by (apply Qmult_le_0_compat; [assumption|apply Qmult_le_0_compat; assumption]).
  set (t := eps / (16 * (P + 1))).
  assert (Ht : 0 < t) by (apply Qlt_shift_div_l; lra).
  assert (HPt : 4 * (P * t) <= (1#4) * eps).
  { assert (16 * ((P + 1) * t) == eps) by (unfold t; field; lra). lra. }
  set (theta := tau * (1 - tau)). assert (Hth : 0 < theta) by (apply Qmult_lt_0_compat; lra).
  destruct (smaller (theta * (delta * (t * t))) (theta * ((1#32) * eps)) ((1#4) * eps)) as [kappa [Hk [K1 [K2 K3]]]].
  - apply Qmult_lt_0_compat; [assumption|]. apply Qmult_lt_0_compat; [assumption|]. apply Qmult_lt_0_compat; assumption.
  - apply Qmult_lt_0_compat; lra.
  - lra.
  - exists kappa. split; [assumption|]. intros m Hm.
    destruct (Qlt_le_dec (diameter (run m) - kappa) (diameter (run (S m)))) as [Hlt|]; [|assumption]. exfalso.
    change (run (S m)) with (step (run m)) in Hlt. set (Y := run m) in *.
    assert (Hpos : 0 < diameter (step Y)) by lra.
    destruct (maxn_attained n _ Hpos) as [i [Hi Ei]]. cbv beta in Ei.
    assert (Hpos2 : 0 < maxn n (fun j => Nq (off (step Y i) (step Y j)))) by (rewrite Ei; exact Hpos).
    destruct (maxn_attained n _ Hpos2) as [j [Hj Ej]]. cbv beta in Ej.
    assert (ED : Nq (off (step Y i) (step Y j)) == diameter (step Y)) by (rewrite Ej; exact Ei).
    set (e := off (attended s Y i) (Y i)). set (e' := off (attended s Y j) (Y j)).
    assert (Se : theta * Nq e < kappa).
    { pose proof (strictly_convex Y i (step Y j) Hi (hull_step Y j Hj)) as Hs. fold theta e in Hs. lra. }
    assert (Se' : theta * Nq e' < kappa).
    { pose proof (strictly_convex Y j (step Y i) Hj (hull_step Y i Hi)) as Hs. fold theta e' in Hs. rewrite Nq_sym in Hs. lra. }
    assert (Small : forall v, theta * Nq v < kappa -> Nq v <= delta * (t * t) /\ Nq v <= (1#32) * eps).
    { intros v Hv. split; apply (Qmult_le_l _ _ theta); lra. }
    destruct (Small e Se) as [A1 A2]. destruct (Small e' Se') as [B1 B2].
    assert (F : forall a v, (a < n)%nat -> Nq v <= delta * (t * t) -> form (Y a) v <= P * t).
    { intros a v Ha Hv. setoid_replace (P * t) with (size_A * (bound * (C * t))) by (unfold P; ring).
      apply form_bound; [assumption|apply Qmult_le_0_compat; lra| |].
      - intros r Hr. apply run_bound; assumption.
      - apply coerce; [lra|exact Hv]. }
    pose proof (F i e Hi A1) as F1. pose proof (F j e' Hj B1) as F2.
    pose proof (two_tokens Y i j Hi Hj) as T. cbv zeta in T. fold e e' in T.
    assert (Htt : tau * tau <= 1) by nra. assert (0 <= tau * tau) by nra.
    pose proof (Nq_nonneg e). pose proof (Nq_nonneg e').
    assert (4 * (tau * tau) * (Nq e + Nq e') <= 4 * (Nq e + Nq e')).
    { assert ((tau * tau) * (Nq e + Nq e') <= 1 * (Nq e + Nq e')) by (apply Qmult_le_compat_r; lra). lra. }
    lra.
Qed.

Theorem diameter_vanishes eps : 0 < eps -> exists M, diameter (run M) < eps.
Proof.
  intros He. destruct (diameter_falls eps He) as [kappa [Hk Hf]].
  destruct (archimedes_mult (diameter (run 0)) kappa Hk) as [J HJ].
  assert (W : forall j, (exists M, diameter (run M) < eps) \/ diameter (run j) <= diameter (run 0) - qn j * kappa).
  { induction j as [|j [IH|IH]]; [right; cbn [qn]; lra|left; assumption|].
    destruct (Qlt_le_dec (diameter (run j)) eps) as [L|L]; [left; exists j; assumption|right].
    specialize (Hf j L). cbn [qn]. lra. }
  destruct (W J) as [H|H]; [assumption|]. pose proof (maxn_nonneg n (fun i => maxn n (fun j => Nq (off (run J i) (run J j))))) as H0.
  fold (diameter (run J)) in H0. lra.
Qed.

(* all tokens of all late layers are close to each other: they have one limit *)
Theorem consensus_close eps : 0 < eps -> exists M, forall m m' i j r, (M <= m)%nat -> (M <= m')%nat -> (i < n)%nat -> (j < n)%nat -> (r < d)%nat ->
  Qabs (run m i r - run m' j r) <= eps.
Proof.
  intros He. set (t := eps / (C + 1)). assert (Ht : 0 < t) by (apply Qlt_shift_div_l; lra).
  destruct (diameter_vanishes (delta * (t * t))) as [M HM]; [apply Qmult_lt_0_compat; [assumption|apply Qmult_lt_0_compat; assumption]|].
  exists M. intros m m' i j r Hm Hm' Hi Hj Hr.
  assert (D : Nq (off (run m i) (run m' j)) <= diameter (run M)).
  { apply hull_diameter.
    - apply (hull_shrinks' M (m - M)). replace (M + (m - M))%nat with m by lia. apply hull_member, Hi.
    - apply (hull_shrinks' M (m' - M)). replace (M + (m' - M))%nat with m' by lia. apply hull_member, Hj. }
  pose proof (coerce (off (run m i) (run m' j)) t ltac:(lra)) as K. unfold Nq in D. specialize (K ltac:(lra) r Hr). unfold off in K.
  setoid_replace (run m i r - run m' j r) with (1 * run m i r + -1 * run m' j r) by ring.
  assert (C * t == eps - t) by (unfold t; field; lra). lra.
Qed.
Theorem consensus : forall i, (i < n)%nat -> converges s i.
Proof.
  intros i Hi eps He. destruct (consensus_close eps He) as [M HM]. exists M. intros m m' r Hm Hm' Hr. apply HM; assumption.
Qed.
End Consensus.

(* a positive definite form is coercive: complete the square, a coordinate after the other *)
Definition quadratic (d : nat) (B : nat -> nat -> Q) (x : nat -> Q) : Q := sum d (fun i => sum d (fun j => B i j * x i * x j)).
Lemma complete_square d B x : (forall i j, (i < S d)%nat -> (j < S d)%nat -> B i j == B j i) -> ~ B d d == 0 ->
  quadratic (S d) B x ==
  B d d * ((x d + sum d (fun j => B d j / B d d * x j)) * (x d + sum d (fun j => B d j / B d d * x j))) +
  quadratic d (fun i j => B i j - B i d * B d j / B d d) x.
Proof.
  intros Hs Hb. set (S1 := sum d (fun j => B d j * x j)).
  assert (E1 : sum d (fun j => B d j / B d d * x j) == S1 / B d d).
  { unfold S1. rewrite (sum_ext d _ (fun j => / B d d * (B d j * x j))) by (intros; field; assumption). rewrite sum_scal. field. assumption. }
  assert (E2 : quadratic d (fun i j => B i j - B i d * B d j / B d d) x == quadratic d B x - S1 * S1 / B d d).
  { unfold quadratic. rewrite (sum_ext d _ (fun i => sum d (fun j => B i j * x i * x j) - (B d i * x i) * (S1 / B d d))).
    - rewrite sum_minus, sum_scal_r. fold S1. field. assumption.
    - intros i Hi. rewrite (sum_ext d _ (fun j => B i j * x i * x j - (B d i * x i / B d d) * (B d j * x j))).
      + rewrite sum_minus, sum_scal. fold S1. field. assumption.
      + intros j Hj. rewrite (Hs i d) by lia. field. assumption. }
  assert (E3 : quadratic (S d) B x == quadratic d B x + 2 * x d * S1 + B d d * (x d * x d)).
  { unfold quadratic. cbn [sum]. rewrite (sum_ext d (fun i => sum d (fun j => B i j * x i * x j) + B i d * x i * x d)
      (fun i => sum d (fun j => B i j * x i * x j) + (B d i * x i) * x d)) by (intros i Hi; rewrite (Hs i d) by lia; ring).
    rewrite sum_plus, sum_scal_r. rewrite (sum_ext d (fun j => B d j * x d * x j) (fun j => x d * (B d j * x j))) by (intros; ring).
    rewrite sum_scal. fold S1. ring. }
  rewrite E1, E2, E3. field. assumption.
Qed.
Lemma coercive_quadratic d : forall B, (forall i j, (i < d)%nat -> (j < d)%nat -> B i j == B j i) ->
  (forall x, ~ (forall i, (i < d)%nat -> x i == 0) -> 0 < quadratic d B x) ->
  exists C delta, 0 <= C /\ 0 < delta /\ forall x t, 0 <= t -> quadratic d B x <= delta * (t * t) -> forall i, (i < d)%nat -> Qabs (x i) <= C * t.
Proof.
  induction d as [|d IH]; intros B Hs Hpd; [exists 0, 1; repeat split; try lra; intros; lia|].
  assert (Hb : 0 < B d d).
  { specialize (Hpd (fun i => if Nat.eqb i d then 1 else 0)). unfold quadratic in Hpd.
    rewrite (sum_single (S d) _ d) in Hpd by (try lia; intros j Hj Hne; apply sum_0; intros; apply Nat.eqb_neq in Hne; rewrite Hne; ring).
    rewrite (sum_single (S d) _ d) in Hpd by (try lia; intros j Hj Hne; apply Nat.eqb_neq in Hne; rewrite Hne; ring).
    rewrite Nat.eqb_refl in Hpd. assert (0 < B d d * 1 * 1); [|lra]. apply Hpd. intros H. specialize (H d ltac:(lia)). rewrite Nat.eqb_refl in H. lra. }
  set (l := fun j => B d j / B d d). set (B' := fun i j => B i j - B i d * B d j / B d d).
  assert (Sq : forall x, quadratic (S d) B x == B d d * ((x d + sum d (fun j => l j * x j)) * (x d + sum d (fun j => l j * x j))) + quadratic d B' x).
  { intros x. apply (complete_square d B x Hs). lra. }
  assert (Hpd' : forall x, ~ (forall i, (i < d)%nat -> x i == 0) -> 0 < quadratic d B' x).
  { intros x Hx. set (x' := fun i => if Nat.eqb i d then - sum d (fun j => l j * x j) else x i).
    assert (Ex : forall i, (i < d)%nat -> x' i == x i) by (intros i Hi; unfold x'; replace (Nat.eqb i d) with false by (symmetry; apply Nat.eqb_neq; lia); reflexivity).
    assert (Ed : x' d == - sum d (fun j => l j * x j)) by (unfold x'; rewrite Nat.eqb_refl; reflexivity).
    assert (El : sum d (fun j => l j * x' j) == sum d (fun j => l j * x j)) by (apply sum_ext; intros j Hj; rewrite (Ex j Hj); reflexivity).
    assert (Eq : quadratic d B' x' == quadratic d B' x).
    { apply sum_ext. intros i Hi. apply sum_ext. intros j Hj. rewrite (Ex i Hi), (Ex j Hj). reflexivity. }
    assert (P : 0 < quadratic (S d) B x').
    { apply Hpd. intros H. apply Hx. intros i Hi. rewrite <- (Ex i Hi). apply H. lia. }
    rewrite Sq, El, Ed, Eq in P. assert (Z : - sum d (fun j => l j * x j) + sum d (fun j => l j * x j) == 0) by ring. rewrite Z in P. lra. }
  assert (Hs' : forall i j, (i < d)%nat -> (j < d)%nat -> B' i j == B' j i).
  { intros i j Hi Hj. unfold B'. rewrite (Hs i j), (Hs i d), (Hs d j) by lia. field. lra. }
  destruct (IH B' Hs' Hpd') as [C [delta [HC [Hdelta H]]]].
  assert (Npos : forall x, 0 <= quadratic d B' x).
  { intros x. destruct (forallb (fun i => Qeq_bool (x i) 0) (seq 0 d)) eqn:E.
    - rewrite forallb_forall in E. apply Qle_lteq. right. symmetry. apply sum_0. intros i Hi. apply sum_0. intros j Hj.
      specialize (E i ltac:(apply in_seq; lia)). apply Qeq_bool_iff in E. rewrite E. ring.
    - apply Qlt_le_weak, Hpd'. intros K. rewrite <- not_true_iff_false in E. apply E. apply forallb_forall. intros i Hi. apply in_seq in Hi.
      apply Qeq_bool_iff, K. lia. }
  set (W := sum d (fun j => Qabs (l j))). assert (HW : 0 <= W) by (apply sum_nonneg; intros; apply Qabs_nonneg).
  destruct (smaller delta (B d d) 1 Hdelta Hb ltac:(lra)) as [e [He [E1 [E2 _]]]].
  exists (C + (1 + W * C)), e. assert (0 <= W * C) by (apply Qmult_le_0_compat; assumption).
  split; [lra|]. split; [assumption|]. intros x t Ht Hq.
  assert (Tt : 0 <= t * t) by (apply Qmult_le_0_compat; assumption).
  set (u := x d + sum d (fun j => l j * x j)) in *.
  assert (Q0 : quadratic (S d) B x == B d d * (u * u) + quadratic d B' x) by apply Sq.
  assert (U0 : 0 <= u * u) by nra.
  assert (U1 : 0 <= B d d * (u * u)) by (apply Qmult_le_0_compat; lra).
  assert (F1 : e * (t * t) <= delta * (t * t)) by (apply Qmult_le_compat_r; assumption).
  assert (F2 : e * (t * t) <= B d d * (t * t)) by (apply Qmult_le_compat_r; assumption).
  assert (Hx : forall i, (i < d)%nat -> Qabs (x i) <= C * t).
  { apply H; [assumption|]. lra. }
  assert (Hu : Qabs u <= t).
  { pose proof (Npos x) as N0. assert (u * u <= t * t).
    { apply (Qmult_le_l _ _ (B d d) Hb). lra. }
    apply Qabs_Qle_condition. split; nra. }
  assert (Hsum : Qabs (sum d (fun j => l j * x j)) <= W * (C * t)).
  { eapply Qle_trans; [apply Qabs_sum|]. unfold W. rewrite <- sum_scal_r. apply sum_le. intros j Hj.
    rewrite Qabs_Qmult, !(Qmult_comm (Qabs (l j))). apply Qmult_le_compat_r; [apply Hx, Hj|apply Qabs_nonneg]. }
  intros i Hi. destruct (Nat.eq_dec i d) as [->|].
  - apply Qabs_Qle_condition in Hu, Hsum. apply Qabs_Qle_condition. unfold u in Hu.
    assert (0 <= C * t) by (apply Qmult_le_0_compat; assumption). split; lra.
  - specialize (Hx i ltac:(lia)). assert (0 <= (1 + W * C) * t) by (apply Qmult_le_0_compat; lra). lra.
Qed.

(* FORMAT.md, lemma consensus *)
Theorem consensus_lemma s : 0 < tau s -> tau s < 1 -> (forall x, ~ same s x (fun _ => 0) -> form s x x < 0) ->
  forall i, (i < size s)%nat -> converges s i.
Proof.
  intros T0 T1 HN. set (B := fun i j => - ((1#2) * (A s i j + A s j i))).
  assert (E : forall x, quadratic (dim s) B x == - form s x x).
  { intros x. rewrite form_double. unfold quadratic, B.
    assert (E1 : sum (dim s) (fun i => sum (dim s) (fun j => A s j i * x i * x j)) == sum (dim s) (fun r => sum (dim s) (fun t => A s r t * x t * x r))).
    { rewrite sum_swap. apply sum_ext. intros i _. apply sum_ext. intros; ring. }
    rewrite (sum_ext (dim s) _ (fun i => -(1#2) * sum (dim s) (fun j => A s i j * x j * x i) + -(1#2) * sum (dim s) (fun j => A s j i * x i * x j))).
    - rewrite sum_plus, !sum_scal, E1. ring.
    - intros i _. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring. }
  destruct (coercive_quadratic (dim s) B) as [C [delta [HC [Hdelta H]]]].
  - intros i j _ _. unfold B. ring.
  - intros x Hx. rewrite E. specialize (HN x Hx). lra.
  - apply (consensus s T0 T1 C delta HC Hdelta).
    + intros x. destruct (same_dec s x (fun _ => 0)) as [K|K]; [rewrite (form_zero s x x K); lra|specialize (HN x K); lra].
    + intros x t Ht Hf. apply H; [assumption|]. rewrite E. exact Hf.
Qed.
