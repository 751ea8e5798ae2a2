(* Lemma locked-limit, without eigenvalues: averaging with positive diagonal forgets differences. *)
From Exactdyn Require Export Itinerary.
Import ListNotations.
Open Scope Q_scope.

Fixpoint qn (k : nat) : Q := match k with O => 0 | S m => qn m + 1 end.
Lemma qn_nonneg k : 0 <= qn k. Proof. induction k; simpl; lra. Qed.
Lemma qn_Z k : qn k == inject_Z (Z.of_nat k).
Proof.
  induction k; [reflexivity|]. simpl qn. rewrite IHk, Nat2Z.inj_succ, <- Z.add_1_r, inject_Z_plus. reflexivity.
Qed.
Lemma archimedes x : exists k, x <= qn k.
Proof.
  exists (Z.to_nat (Qnum x)). rewrite qn_Z. unfold Qle, inject_Z; simpl.
  destruct x as [a b]; simpl. destruct (Z.le_gt_cases 0 a) as [H|H].
  - rewrite Z2Nat.id by assumption. nia.
  - rewrite Z2Nat.inj_neg || replace (Z.to_nat a) with 0%nat by lia. nia.
Qed.
Lemma archimedes_mult a b : 0 < b -> exists k, a < qn k * b.
Proof.
  intros Hb. destruct (archimedes (a / b + 1)) as [k Hk]. exists k.
  assert ((a / b + 1) * b <= qn k * b) by (apply Qmult_le_compat_r; lra).
  assert ((a / b + 1) * b == a + b) by (field; lra). lra.
Qed.
Lemma sum_const k c : sum k (fun _ => c) == qn k * c.
Proof. induction k; simpl; [ring|rewrite IHk; ring]. Qed.

Fixpoint maxn (n : nat) (f : nat -> Q) : Q :=
  match n with O => 0 | S m => if Qle_bool (maxn m f) (f m) then f m else maxn m f end.
Lemma maxn_ge n f i : (i < n)%nat -> f i <= maxn n f.
Proof.
  induction n; simpl; intros H; [lia|].
  destruct (Qle_bool (maxn n f) (f n)) eqn:E.
  - apply Qle_bool_iff in E. destruct (Nat.eq_dec i n) as [->|]; [lra|]. specialize (IHn ltac:(lia)). lra.
  - destruct (Nat.eq_dec i n) as [->|]; [|apply IHn; lia].
    destruct (Qlt_le_dec (maxn n f) (f n)) as [K|K]; [|assumption].
    exfalso. assert (Qle_bool (maxn n f) (f n) = true) by (apply Qle_bool_iff; lra). congruence.
Qed.
Lemma maxn_nonneg n f : 0 <= maxn n f.
Proof.
  induction n; simpl; [lra|]. destruct (Qle_bool (maxn n f) (f n)) eqn:E; [|assumption].
  apply Qle_bool_iff in E. lra.
Qed.
Lemma maxn_attained n f : 0 < maxn n f -> exists i, (i < n)%nat /\ f i == maxn n f.
Proof.
  induction n; simpl; intros H; [lra|]. destruct (Qle_bool (maxn n f) (f n)).
  - exists n. split; [lia|reflexivity].
  - destruct (IHn H) as [i [Hi E]]. exists i. split; [lia|assumption].
Qed.
Lemma maxn_lub n f b : 0 <= b -> (forall i, (i < n)%nat -> f i <= b) -> maxn n f <= b.
Proof.
  intros Hb. induction n; simpl; intros H; [assumption|]. destruct (Qle_bool (maxn n f) (f n)).
  - apply H. lia.
  - apply IHn. intros; apply H; lia.
Qed.

Lemma Qabs_sum n f : Qabs (sum n f) <= sum n (fun i => Qabs (f i)).
Proof. induction n; cbn [sum]; [apply Qle_refl|]. pose proof (Qabs_triangle (sum n f) (f n)). lra. Qed.

Lemma pow_pos x k : 0 < x -> 0 < pow x k.
Proof. intros H. induction k; simpl; [lra|]. apply Qmult_lt_0_compat; assumption. Qed.
Lemma pow_le_1 x k : 0 < x -> x <= 1 -> pow x k <= 1.
Proof. intros H H1. induction k; simpl; [lra|]. pose proof (pow_pos x k H). nra. Qed.

Lemma pow_mono x t q : 0 < x -> x <= 1 -> pow x (t + q) <= pow x q.
Proof.
  intros H H1. induction t; simpl; [lra|].
  assert (x * pow x (t + q) <= 1 * pow x (t + q)) by (apply Qmult_le_compat_r; [assumption|apply Qlt_le_weak, pow_pos, H]). lra.
Qed.

Section Operator.
Variable n : nat.
Variable F : (nat -> Q) -> nat -> Q.
Variable delta : Q.
Hypothesis delta_pos : 0 < delta.
Hypothesis delta_1 : delta <= 1.
Hypothesis F_ext : forall x y, (forall i, (i < n)%nat -> x i == y i) -> forall i, (i < n)%nat -> F x i == F y i.
Hypothesis F_lin : forall a b x y i, (i < n)%nat -> F (fun j => a * x j + b * y j) i == a * F x i + b * F y i.
Hypothesis F_bound : forall x B i, (i < n)%nat -> (forall j, (j < n)%nat -> x j <= B) -> F x i <= delta * x i + (1 - delta) * B.

Variable s : nat -> nat -> Q.
Hypothesis s_next : forall m i, (i < n)%nat -> s (S m) i == F (s m) i.
Variable B : Q.
Hypothesis s_bound : forall m i, (i < n)%nat -> Qabs (s m i) <= B.

Let y m i := s m i - s (S m) i.
Let u m := maxn n (fun i => Qabs (y m i)).

Lemma y_next m i : (i < n)%nat -> y (S m) i == F (y m) i.
Proof.
  intros Hi. unfold y. rewrite (F_ext (fun i => s m i - s (S m) i) (fun i => 1 * s m i + -1 * s (S m) i)) by (auto; intros; ring).
  rewrite F_lin by assumption. rewrite <- !s_next by assumption. ring.
Qed.

Lemma y_signed c m i : (i < n)%nat -> c * y (S m) i == F (fun j => c * y m j) i.
Proof.
  intros Hi. rewrite y_next by assumption.
  rewrite (F_ext (fun j => c * y m j) (fun j => c * y m j + 0 * y m j)) by (auto; intros; ring).
  rewrite F_lin by assumption. ring.
Qed.

Lemma signed_le c m i : c == 1 \/ c == -1 -> (i < n)%nat -> c * y m i <= u m.
Proof.
  intros Hc Hi. assert (H : Qabs (y m i) <= u m) by (apply (maxn_ge n (fun i => Qabs (y m i))); assumption).
  apply Qabs_Qle_condition in H. destruct Hc as [E|E]; rewrite E; lra.
Qed.

Lemma signed_step c m i : c == 1 \/ c == -1 -> (i < n)%nat ->
  c * y (S m) i <= delta * (c * y m i) + (1 - delta) * u m.
Proof.
  intros Hc Hi. rewrite y_signed by assumption. apply (F_bound (fun j => c * y m j)); [assumption|].
  intros j Hj. apply signed_le; assumption.
Qed.

Lemma u_decreases m : u (S m) <= u m.
Proof.
  pose proof (maxn_nonneg n (fun i => Qabs (y m i))) as H0. fold (u m) in H0.
  apply maxn_lub; [assumption|]. intros i Hi. apply Qabs_Qle_condition.
  pose proof (signed_step 1 m i (or_introl (Qeq_refl _)) Hi). pose proof (signed_step (-1) m i (or_intror (Qeq_refl _)) Hi).
  pose proof (signed_le 1 m i (or_introl (Qeq_refl _)) Hi). pose proof (signed_le (-1) m i (or_intror (Qeq_refl _)) Hi).
  split; nra.
Qed.

Lemma u_decreases_more m t : u (m + t) <= u m.
Proof.
  induction t; [rewrite Nat.add_0_r; lra|]. rewrite Nat.add_succ_r. pose proof (u_decreases (m + t)). lra.
Qed.

Lemma telescope m t i : sum t (fun a => y (m + a) i) == s m i - s (m + t) i.
Proof.
  induction t; simpl; [rewrite Nat.add_0_r; ring|]. rewrite IHt. unfold y. rewrite Nat.add_succ_r. ring.
Qed.

(* going back from layer m+K, where c*y is almost as large as ever *)
Lemma backwards c m K eta i : c == 1 \/ c == -1 -> (i < n)%nat -> u m <= c * y (m + K) i + eta ->
  forall t, (t <= K)%nat -> pow delta t * (u m - c * y (m + K - t) i) <= eta.
Proof.
  intros Hc Hi H. induction t as [|t IH]; intros Ht.
  - rewrite Nat.sub_0_r. simpl. lra.
  - specialize (IH ltac:(lia)). simpl.
    pose proof (signed_step c (m + K - S t) i Hc Hi) as E.
    replace (S (m + K - S t)) with (m + K - t)%nat in E by lia.
    assert (Hu : u (m + K - S t) <= u m).
    { replace (m + K - S t)%nat with (m + (K - S t))%nat by lia. apply u_decreases_more. }
    assert (G : delta * (u m - c * y (m + K - S t) i) <= u m - c * y (m + K - t) i).
    { assert ((1 - delta) * u (m + K - S t) <= (1 - delta) * u m) by
        (rewrite !(Qmult_comm (1 - delta)); apply Qmult_le_compat_r; lra). lra. }
    pose proof (pow_pos delta t delta_pos) as P.
    assert (pow delta t * (delta * (u m - c * y (m + K - S t) i)) <= pow delta t * (u m - c * y (m + K - t) i)).
    { rewrite !(Qmult_comm (pow delta t)). apply Qmult_le_compat_r; lra. }
    lra.
Qed.

Lemma window m K eps : 0 < eps -> 4 * B < qn K * eps -> 
  u (m + K) < eps \/ u (m + K) <= u m - pow delta K * ((1#2) * eps).
Proof.
  intros He HK. destruct (Qlt_le_dec (u (m + K)) eps) as [|Hge]; [left; assumption|right].
  destruct (Qlt_le_dec (u m - pow delta K * ((1#2) * eps)) (u (m + K))) as [Hlt|]; [|assumption]. exfalso.
  destruct (maxn_attained n (fun i => Qabs (y (m + K) i))) as [i [Hi Ei]]; [fold (u (m + K)); lra|].
  fold (u (m + K)) in Ei.
  assert (Hc : exists c, (c == 1 \/ c == -1) /\ c * y (m + K) i == u (m + K)).
  { destruct (Qlt_le_dec (y (m + K) i) 0) as [Hn|Hn].
    - exists (-1). split; [right; reflexivity|]. rewrite <- Ei, Qabs_neg by lra. ring.
    - exists 1. split; [left; reflexivity|]. rewrite <- Ei, Qabs_pos by lra. ring. }
  destruct Hc as [c [Hc Ec]].
  assert (Hall : forall t, (t < K)%nat -> (1#2) * eps <= c * y (m + t) i).
  { intros t Ht. pose proof (backwards c m K (pow delta K * ((1#2) * eps)) i Hc Hi) as Hb.
    specialize (Hb ltac:(lra) (K - t)%nat ltac:(lia)). replace (m + K - (K - t))%nat with (m + t)%nat in Hb by lia.
    assert (Hg : 0 <= u m - c * y (m + t) i).
    { pose proof (signed_le c (m + t) i Hc Hi). pose proof (u_decreases_more m t). lra. }
    assert (HP : pow delta K <= pow delta (K - t)).
    { replace K with (t + (K - t))%nat at 1 by lia. apply pow_mono; assumption. }
    pose proof (pow_pos delta K delta_pos) as P.
    assert (Hq : pow delta K * (u m - c * y (m + t) i) <= pow delta K * ((1#2) * eps)).
    { assert (pow delta K * (u m - c * y (m + t) i) <= pow delta (K - t) * (u m - c * y (m + t) i)) by (apply Qmult_le_compat_r; assumption). lra. }
    assert (Hr : u m - c * y (m + t) i <= (1#2) * eps).
    { apply Qmult_le_l in Hq; assumption. }
    pose proof (u_decreases_more m K). lra. }
  assert (Hs : qn K * ((1#2) * eps) <= sum K (fun t => c * y (m + t) i)).
  { rewrite <- sum_const. apply sum_le. exact Hall. }
  rewrite sum_scal, telescope in Hs.
  pose proof (s_bound m i Hi) as B1. pose proof (s_bound (m + K) i Hi) as B2.
  apply Qabs_Qle_condition in B1, B2. destruct Hc as [E|E]; rewrite E in Hs; lra.
Qed.

Theorem differences_vanish eps : 0 < eps -> exists M, forall m i, (M <= m)%nat -> (i < n)%nat -> Qabs (y m i) <= eps.
Proof.
  intros He. destruct (archimedes_mult (4 * B) eps He) as [K HK].
  assert (Heta : 0 < pow delta K * ((1#2) * eps)) by (apply Qmult_lt_0_compat; [apply pow_pos; assumption|lra]).
  destruct (archimedes_mult (u 0) _ Heta) as [J HJ].
  assert (W : forall j, u (j * K) < eps \/ u (j * K) <= u 0 - qn j * (pow delta K * ((1#2) * eps))).
  { induction j as [|j [IH|IH]]; [right; simpl; lra|left|].
    - replace (S j * K)%nat with (j * K + K)%nat by lia. pose proof (u_decreases_more (j * K) K). lra.
    - replace (S j * K)%nat with (j * K + K)%nat by lia.
      destruct (window (j * K) K eps He HK) as [W|W]; [left; assumption|right]. simpl qn. lra. }
  exists (J * K)%nat. intros m i Hm Hi.
  pose proof (maxn_ge n (fun i => Qabs (y m i)) i Hi) as H. fold (u m) in H. cbv beta in H.
  pose proof (u_decreases_more (J * K) (m - J * K)) as H2. replace (J * K + (m - J * K))%nat with m in H2 by lia.
  pose proof (maxn_nonneg n (fun i => Qabs (y (J * K) i))) as H0. fold (u (J * K)) in H0.
  destruct (W J); lra.
Qed.

(* a combination that is at rest is the limit *)
Variables (c : nat) (w : nat -> Q) (L : nat -> Q).
Hypothesis w_1 : sum c w == 1.
Hypothesis L_0 : forall i, (i < n)%nat -> L i == sum c (fun j => w j * s j i).
Hypothesis L_1 : forall i, (i < n)%nat -> L i == sum c (fun j => w j * s (S j) i).

Lemma F_sum q (v : nat -> nat -> Q) i : (i < n)%nat ->
  F (fun i => sum q (fun j => w j * v j i)) i == sum q (fun j => w j * F (v j) i).
Proof.
  intros Hi. induction q; simpl.
  - rewrite (F_ext (fun _ => 0) (fun i => 0 * s 0 i + 0 * s 0 i)) by (auto; intros; ring). rewrite F_lin by assumption. ring.
  - rewrite (F_ext (fun i => sum q (fun j => w j * v j i) + w q * v q i) (fun i => 1 * sum q (fun j => w j * v j i) + w q * v q i)) by (auto; intros; ring).
    rewrite F_lin by assumption. rewrite IHq. ring.
Qed.

Lemma L_m m : forall i, (i < n)%nat -> L i == sum c (fun j => w j * s (m + j) i).
Proof.
  assert (FL : forall i, (i < n)%nat -> F L i == L i).
  { intros i Hi. rewrite (F_ext _ _ L_0) by assumption. rewrite F_sum by assumption. rewrite L_1 by assumption.
    apply sum_ext. intros j _. rewrite s_next by assumption. reflexivity. }
  induction m as [|m IH]; intros i Hi; [apply L_0, Hi|].
  rewrite <- FL by assumption. rewrite (F_ext _ _ IH) by assumption. rewrite F_sum by assumption.
  apply sum_ext. intros j _. simpl. rewrite s_next by assumption. reflexivity.
Qed.

Theorem rest_is_limit eps : 0 < eps -> exists M, forall m i, (M <= m)%nat -> (i < n)%nat -> Qabs (s m i - L i) <= eps.
Proof.
  intros He. set (W := sum c (fun j => Qabs (w j) * qn j)).
  assert (HW : 0 <= W).
  { apply sum_nonneg. intros j _. apply Qmult_le_0_compat; [apply Qabs_nonneg|apply qn_nonneg]. }
  destruct (differences_vanish (eps / (W + 1))) as [M HM]; [apply Qlt_shift_div_l; lra|].
  exists M. intros m i Hm Hi.
  setoid_replace (s m i - L i) with (sum c (fun j => w j * (s m i - s (m + j) i))).
  - apply Qle_trans with (W * (eps / (W + 1))).
    + unfold W. rewrite <- sum_scal_r. eapply Qle_trans; [apply Qabs_sum|]. apply sum_le. intros j _.
      rewrite Qabs_Qmult, <- Qmult_assoc. rewrite !(Qmult_comm (Qabs (w j))).
      apply Qmult_le_compat_r; [|apply Qabs_nonneg]. rewrite <- telescope, <- sum_const.
      eapply Qle_trans; [apply Qabs_sum|]. apply sum_le. intros a _. apply HM; [lia|assumption].
    + assert (E : W * (eps / (W + 1)) == eps - eps / (W + 1)) by (field; lra). rewrite E.
      assert (0 < eps / (W + 1)) by (apply Qlt_shift_div_l; lra). lra.
  - rewrite (L_m m i Hi).
    rewrite (sum_ext c (fun j => w j * (s m i - s (m + j) i)) (fun j => w j * s m i - w j * s (m + j) i)) by (intros; ring).
    rewrite sum_minus, sum_scal_r, w_1. ring.
Qed.
End Operator.
