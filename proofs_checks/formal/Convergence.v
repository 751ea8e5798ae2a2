(* What repeating attention sets say about the limit: lemma locked-limit for a system, and divergence. *)
From Exactdyn Require Export LockedLimit.
Import ListNotations.
Open Scope Q_scope.

Lemma all_below (P : nat -> nat -> Prop) p :
  (forall r m m', P r m -> (m <= m')%nat -> P r m') ->
  (forall r, (r < p)%nat -> exists m, P r m) -> exists m, forall r, (r < p)%nat -> P r m.
Proof.
  intros Hm. induction p as [|p IH]; intros H; [exists 0%nat; intros; lia|].
  destruct IH as [a Ha]; [intros; apply H; lia|]. destruct (H p ltac:(lia)) as [b Hb].
  exists (a + b)%nat. intros r Hr. destruct (Nat.eq_dec r p) as [->|].
  - apply Hm with b; [assumption|lia].
  - apply Hm with a; [apply Ha; lia|lia].
Qed.

Lemma tends_converges s i x : tends s i x -> converges s i.
Proof.
  intros H eps He. destruct (H ((1#2) * eps) ltac:(lra)) as [M HM]. exists M. intros m m' r Hm Hm' Hr.
  pose proof (HM m r Hm Hr) as A. pose proof (HM m' r Hm' Hr) as B. apply Qabs_Qle_condition in A, B. apply Qabs_Qle_condition. lra.
Qed.

Lemma tends_same s i x y : same s x y -> tends s i x -> tends s i y.
Proof.
  intros E H eps He. destruct (H eps He) as [M HM]. exists M. intros m r Hm Hr. rewrite <- (E r Hr). apply HM; assumption.
Qed.

Section Convergence.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation attends_b := (attends_b s).
Notation step := (step s).
Notation run := (run s).
Notation weight := (weight s).
Variables (k p : nat).
Hypothesis Hp : (0 < p)%nat.
Hypothesis repeat : forall m i l, (i < n)%nat -> (l < n)%nat -> attends_b (run (k + m)) i l = attends_b (run (k + m mod p)) i l.
Notation M := (M s k p).

Definition mv (W : nat -> nat -> Q) (x : nat -> Q) : nat -> Q := fun i => sum n (fun j => W i j * x j).
Fixpoint FF m q x : nat -> Q := match q with O => x | S q' => mv (M (m + q')) (FF m q' x) end.

Lemma mv_ext W x y : (forall i, (i < n)%nat -> x i == y i) -> forall i, mv W x i == mv W y i.
Proof. intros H i. apply sum_ext. intros j Hj. rewrite (H j Hj). reflexivity. Qed.
Lemma mv_lin W a b x y i : mv W (fun j => a * x j + b * y j) i == a * mv W x i + b * mv W y i.
Proof. unfold mv. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring. Qed.
Lemma FF_ext m q x y : (forall i, (i < n)%nat -> x i == y i) -> forall i, (i < n)%nat -> FF m q x i == FF m q y i.
Proof. intros H. induction q; simpl; [assumption|]. intros i _. apply mv_ext. assumption. Qed.
Lemma FF_lin m q a b x y i : (i < n)%nat -> FF m q (fun j => a * x j + b * y j) i == a * FF m q x i + b * FF m q y i.
Proof.
  revert i. induction q; simpl; intros i Hi; [reflexivity|]. rewrite <- mv_lin. apply mv_ext. assumption.
Qed.
Lemma M_mod' m j : M (m + p * j) = M m.
Proof. apply M_mod; assumption. Qed.
Lemma FF_mod m j q x : FF (m + p * j) q x = FF m q x.
Proof.
  induction q; simpl; [reflexivity|]. rewrite IHq.
  replace (m + p * j + q)%nat with (m + q + p * j)%nat by lia. rewrite M_mod'. reflexivity.
Qed.

Lemma next m i x : (i < n)%nat -> (x < d)%nat -> run (k + S m) i x == mv (M m) (fun j => run (k + m) j x) i.
Proof.
  intros Hi Hx. rewrite Nat.add_succ_r.
  change (run (S (k + m)) i x) with (step (run (k + m)) i x).
  change (mv (M m) (fun j => run (k + m) j x) i) with (move s (M m) (run (k + m)) i x).
  unfold Itinerary.M. apply step_move; try assumption.
  intros j Hj. symmetry. apply repeat; assumption.
Qed.
Lemma nexts m q i x : (i < n)%nat -> (x < d)%nat -> run (k + (m + q)) i x == FF m q (fun j => run (k + m) j x) i.
Proof.
  intros Hi Hx. revert i Hi. induction q; intros i Hi; simpl; [rewrite Nat.add_0_r; reflexivity|].
  rewrite Nat.add_succ_r, next by assumption. apply mv_ext. assumption.
Qed.

(* combinations of states, a period apart *)
Variables (c : nat) (w : nat -> Q).
Definition comb r i x := sum c (fun j => w j * run (k + (r + p * j)) i x).

Lemma comb_next r q i x : (i < n)%nat -> (x < d)%nat -> comb (r + q) i x == FF r q (fun i => comb r i x) i.
Proof.
  intros Hi Hx. unfold comb.
  assert (E : forall c, FF r q (fun i => sum c (fun j => w j * run (k + (r + p * j)) i x)) i ==
                        sum c (fun j => w j * FF r q (fun i => run (k + (r + p * j)) i x) i)).
  { intros c0. induction c0; simpl.
    - rewrite (FF_ext _ _ (fun _ => 0) (fun j => 0 * run 0 j x + 0 * run 0 j x)) by (auto; intros; ring). rewrite FF_lin by assumption. ring.
    - rewrite (FF_ext _ _ _ (fun i => 1 * sum c0 (fun j => w j * run (k + (r + p * j)) i x) + w c0 * run (k + (r + p * c0)) i x)) by (auto; intros; ring).
      rewrite FF_lin by assumption. rewrite IHc0. ring. }
  rewrite E. apply sum_ext. intros j _.
  replace (r + q + p * j)%nat with (r + p * j + q)%nat by lia. rewrite nexts by assumption.
  rewrite FF_mod. reflexivity.
Qed.

(* one period multiplies the combination by f: so does every later one, in every phase *)
Lemma comb_factor f : (forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == f * comb 0 i x) ->
  forall r i x, (i < n)%nat -> (x < d)%nat -> comb (r + p) i x == f * comb r i x.
Proof.
  intros H r i x Hi Hx.
  replace (r + p)%nat with (p + r)%nat by lia. rewrite comb_next by assumption.
  rewrite <- (FF_mod p 0), Nat.mul_0_r, Nat.add_0_r.
  replace p with (0 + p * 1)%nat at 1 by lia. rewrite FF_mod.
  rewrite (FF_ext 0 r _ (fun i => f * comb 0 i x + 0 * comb 0 i x)) by (auto; intros; rewrite H by assumption; ring).
  rewrite FF_lin by assumption. replace r with (0 + r)%nat at 3 by lia. rewrite comb_next by assumption. ring.
Qed.

Lemma comb_factors f : (forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == f * comb 0 i x) ->
  forall m r i x, (i < n)%nat -> (x < d)%nat -> comb (r + p * m) i x == pow f m * comb r i x.
Proof.
  intros H m. induction m; intros r i x Hi Hx; simpl.
  - rewrite Nat.mul_0_r, Nat.add_0_r. ring.
  - replace (r + p * S m)%nat with (r + p * m + p)%nat by lia.
    rewrite (comb_factor f H) by assumption. rewrite IHm by assumption. ring.
Qed.

Section Averaging.
Hypothesis tau_0 : 0 <= tau.
Hypothesis tau_1 : tau < 1.

Lemma mv_bound m x B i : (i < n)%nat -> (forall j, (j < n)%nat -> x j <= B) -> mv (M m) x i <= (1 - tau) * x i + tau * B.
Proof.
  intros Hi H. change (mv (M m) x i) with (move s (M m) (fun j _ => x j) i 0%nat).
  unfold Itinerary.M. rewrite move_matrix by assumption.
  assert (sum n (fun j => weight (run (k + m mod p)) i j * x j) <= B).
  { apply mean_le; [apply weight_convex, Hi|auto]. }
  assert (tau * sum n (fun j => weight (run (k + m mod p)) i j * x j) <= tau * B).
  { rewrite !(Qmult_comm tau). apply Qmult_le_compat_r; assumption. }
  lra.
Qed.

Lemma delta_pos q : 0 < pow (1 - tau) q. Proof. apply pow_pos. lra. Qed.
Lemma delta_1 q : pow (1 - tau) q <= 1.
Proof. apply pow_le_1; lra. Qed.

Lemma FF_bound m q x B i : (i < n)%nat -> (forall j, (j < n)%nat -> x j <= B) ->
  FF m q x i <= pow (1 - tau) q * x i + (1 - pow (1 - tau) q) * B.
Proof.
  intros Hi H. revert i Hi. induction q as [|q IH]; simpl; intros i Hi; [lra|].
  assert (HB : forall j, (j < n)%nat -> FF m q x j <= B).
  { intros j Hj. specialize (IH j Hj). specialize (H j Hj). pose proof (delta_pos q).
    assert (pow (1 - tau) q * x j <= pow (1 - tau) q * B) by (rewrite !(Qmult_comm (pow (1 - tau) q)); apply Qmult_le_compat_r; lra).
    lra. }
  pose proof (mv_bound (m + q) _ B i Hi HB) as E. specialize (IH i Hi).
  assert ((1 - tau) * FF m q x i <= (1 - tau) * (pow (1 - tau) q * x i + (1 - pow (1 - tau) q) * B)).
  { rewrite !(Qmult_comm (1 - tau)). apply Qmult_le_compat_r; lra. }
  lra.
Qed.

Lemma bounded m i x : (i < n)%nat -> (x < d)%nat -> Qabs (run (k + m) i x) <= maxn n (fun j => Qabs (run k j x)).
Proof.
  intros Hi Hx. set (B := maxn n (fun j => Qabs (run k j x))).
  assert (H0 : forall j, (j < n)%nat -> - B <= run k j x /\ run k j x <= B).
  { intros j Hj. apply Qabs_Qle_condition. apply (maxn_ge n (fun j => Qabs (run k j x)) j Hj). }
  assert (K : forall c, c == 1 \/ c == -1 -> c * run (k + m) i x <= B).
  { intros e He. pose proof (nexts 0 m i x Hi Hx) as E. simpl in E. rewrite Nat.add_0_r in E. rewrite E.
    assert (El : e * FF 0 m (fun j => run k j x) i == FF 0 m (fun j => e * run k j x + 0 * run k j x) i) by (rewrite FF_lin by assumption; ring).
    rewrite El.
    assert (Hb : forall j, (j < n)%nat -> e * run k j x + 0 * run k j x <= B).
    { intros j Hj. destruct (H0 j Hj). destruct He as [R|R]; rewrite R; lra. }
    pose proof (FF_bound 0 m _ B i Hi Hb) as F. specialize (Hb i Hi). pose proof (delta_pos m). cbv beta in F.
    assert (pow (1 - tau) m * (e * run k i x + 0 * run k i x) <= pow (1 - tau) m * B) by
      (rewrite !(Qmult_comm (pow (1 - tau) m)); apply Qmult_le_compat_r; lra).
    lra. }
  apply Qabs_Qle_condition. pose proof (K 1 (or_introl (Qeq_refl _))). pose proof (K (-1) (or_intror (Qeq_refl _))). lra.
Qed.

Hypothesis w_1 : sum c w == 1.
Hypothesis rest : forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == comb 0 i x.

(* FORMAT.md, lemma locked-limit *)
Theorem locked_limit r x eps : (x < d)%nat -> 0 < eps ->
  exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run (k + (r + p * m)) i x - comb r i x) <= eps.
Proof.
  intros Hx He.
  apply (rest_is_limit n (FF r p) (pow (1 - tau) p) (delta_pos p) (delta_1 p) (FF_ext r p) (FF_lin r p)
    (FF_bound r p) (fun m i => run (k + (r + p * m)) i x)) with (B := maxn n (fun j => Qabs (run k j x))) (c := c) (w := w); try assumption.
  - intros m i Hi. replace (r + p * S m)%nat with (r + p * m + p)%nat by lia. rewrite nexts by assumption.
    rewrite FF_mod. reflexivity.
  - intros m i Hi. apply bounded; assumption.
  - intros i _. reflexivity.
  - intros i Hi. assert (E : comb (r + p) i x == 1 * comb r i x).
    { apply comb_factor; try assumption. intros a b Ha Hb. rewrite rest by assumption. ring. }
    assert (E2 : comb (r + p) i x == sum c (fun j => w j * run (k + (r + p * S j)) i x)).
    { unfold comb. apply sum_ext. intros j _. replace (r + p + p * j)%nat with (r + p * S j)%nat by lia. reflexivity. }
    rewrite <- E2, E. ring.
Qed.

Theorem locked_tends : (forall r i x, (r < p)%nat -> (i < n)%nat -> (x < d)%nat -> comb r i x == comb 0 i x) ->
  forall i, (i < n)%nat -> tends s i (comb 0 i).
Proof.
  intros Hph i Hi eps He.
  destruct (all_below (fun r m0 => forall m x, (m0 <= m)%nat -> (x < d)%nat -> Qabs (run (k + (r + p * m)) i x - comb r i x) <= eps) p) as [m0 Hm0].
  - intros r m m' H Hle a x Ha Hx. apply H; [lia|assumption].
  - intros r Hr. destruct (all_below (fun x m0 => forall m, (m0 <= m)%nat -> Qabs (run (k + (r + p * m)) i x - comb r i x) <= eps) d) as [m1 H1].
    + intros x m m' H Hle a Ha. apply H. lia.
    + intros x Hx. destruct (locked_limit r x eps Hx He) as [m0 H0]. exists m0. intros m Hm. apply H0; assumption.
    + exists m1. intros m x Hm Hx. apply H1; assumption.
  - exists (k + p * m0)%nat. intros m x Hm Hx.
    pose proof (Nat.div_mod (m - k) p ltac:(lia)) as Hd. pose proof (Nat.mod_upper_bound (m - k) p ltac:(lia)) as Hr.
    assert (Hq : (m0 <= (m - k) / p)%nat) by (apply Nat.div_le_lower_bound; lia).
    specialize (Hm0 _ Hr _ x Hq Hx). rewrite Hph in Hm0 by assumption.
    replace (k + ((m - k) mod p + p * ((m - k) / p)))%nat with m in Hm0 by lia. exact Hm0.
Qed.
End Averaging.

(* whatever alpha is: a run that is at rest converges *)
Theorem rest_tends : (forall r i x, (r < p)%nat -> (i < n)%nat -> (x < d)%nat -> run (k + r) i x == run k i x) ->
  (forall i x, (i < n)%nat -> (x < d)%nat -> run (k + p) i x == run k i x) -> forall i, (i < n)%nat -> tends s i (run k i).
Proof.
  intros Hph Hr.
  assert (E : forall m i x, (i < n)%nat -> (x < d)%nat -> run (k + m) i x == run k i x).
  { intros m. induction m as [m IH] using lt_wf_ind. intros i x Hi Hx.
    destruct (Nat.lt_ge_cases m p) as [Hl|Hg]; [apply Hph; assumption|].
    destruct (Nat.eq_dec m p) as [->|Hne]; [apply Hr; assumption|].
    replace m with (p + (m - p))%nat by lia. rewrite nexts by assumption.
    replace p with (0 + p * 1)%nat at 1 by lia. rewrite FF_mod.
    rewrite (FF_ext 0 (m - p) _ (fun j => run k j x)) by (auto; intros; apply Hr; assumption).
    pose proof (nexts 0 (m - p) i x Hi Hx) as N. simpl in N. rewrite Nat.add_0_r in N. rewrite <- N. apply IH; [lia|assumption..]. }
  intros i Hi eps He. exists k. intros m x Hm Hx.
  replace m with (k + (m - k))%nat by lia. rewrite E by assumption.
  setoid_replace (run k i x - run k i x) with 0 by ring. simpl. lra.
Qed.

(* divergence *)
Lemma comb_close i x r r' : (x < d)%nat -> converges s i ->
  forall eps, 0 < eps -> exists m0, forall m, (m0 <= m)%nat -> Qabs (comb (r + p * m) i x - comb (r' + p * m) i x) <= eps.
Proof.
  intros Hx H eps He. set (W := sum c (fun j => Qabs (w j))).
  assert (HW : 0 <= W) by (apply sum_nonneg; intros; apply Qabs_nonneg).
  destruct (H (eps / (W + 1))) as [m0 H0]; [apply Qlt_shift_div_l; lra|].
  exists m0. intros m Hm. unfold comb. rewrite <- sum_minus.
  apply Qle_trans with (W * (eps / (W + 1))).
  - unfold W. rewrite <- sum_scal_r. eapply Qle_trans; [apply Qabs_sum|]. apply sum_le. intros j _.
    setoid_replace (w j * run (k + (r + p * m + p * j)) i x - w j * run (k + (r' + p * m + p * j)) i x) with
      (w j * (run (k + (r + p * m + p * j)) i x - run (k + (r' + p * m + p * j)) i x)) by ring.
    rewrite Qabs_Qmult, !(Qmult_comm (Qabs (w j))). apply Qmult_le_compat_r; [|apply Qabs_nonneg].
    apply H0; [nia|nia|assumption].
  - assert (E : W * (eps / (W + 1)) == eps - eps / (W + 1)) by (field; lra). rewrite E.
    assert (0 < eps / (W + 1)) by (apply Qlt_shift_div_l; lra). lra.
Qed.
Lemma comb_vanishes i x : (x < d)%nat -> converges s i -> sum c w == 0 ->
  forall eps, 0 < eps -> exists m0, forall m, (m0 <= m)%nat -> Qabs (comb (0 + p * m) i x) <= eps.
Proof.
  intros Hx H Hs eps He. set (W := sum c (fun j => Qabs (w j))).
  assert (HW : 0 <= W) by (apply sum_nonneg; intros; apply Qabs_nonneg).
  destruct (H (eps / (W + 1))) as [m0 H0]; [apply Qlt_shift_div_l; lra|].
  exists m0. intros m Hm. unfold comb.
  assert (E : sum c (fun j => w j * run (k + (0 + p * m + p * j)) i x) ==
              sum c (fun j => w j * (run (k + (0 + p * m + p * j)) i x - run (k + p * m) i x))).
  { rewrite (sum_ext c (fun j => w j * (run (k + (0 + p * m + p * j)) i x - run (k + p * m) i x))
      (fun j => w j * run (k + (0 + p * m + p * j)) i x - w j * run (k + p * m) i x)) by (intros; ring).
    rewrite sum_minus, sum_scal_r, Hs. ring. }
  rewrite E. apply Qle_trans with (W * (eps / (W + 1))).
  - unfold W. rewrite <- sum_scal_r. eapply Qle_trans; [apply Qabs_sum|]. apply sum_le. intros j _.
    rewrite Qabs_Qmult, !(Qmult_comm (Qabs (w j))). apply Qmult_le_compat_r; [|apply Qabs_nonneg].
    apply H0; [nia|nia|assumption].
  - assert (E2 : W * (eps / (W + 1)) == eps - eps / (W + 1)) by (field; lra). rewrite E2.
    assert (0 < eps / (W + 1)) by (apply Qlt_shift_div_l; lra). lra.
Qed.

Lemma small_0 a : (forall eps, 0 < eps -> Qabs a <= eps) -> a == 0.
Proof.
  intros H. destruct (Qeq_dec a 0) as [|Hne]; [assumption|]. exfalso.
  assert (0 < Qabs a). { pose proof (Qabs_nonneg a). destruct (Qlt_le_dec 0 (Qabs a)) as [|Hle]; [assumption|].
    exfalso. apply Hne. pose proof (proj1 (Qabs_Qle_condition a 0) Hle). lra. }
  specialize (H ((1#2) * Qabs a) ltac:(lra)). lra.
Qed.

Lemma pow_1 f m : f == 1 -> pow f m == 1.
Proof. intros H. induction m; simpl; [reflexivity|rewrite IHm, H; ring]. Qed.
Lemma pow_ge_1 f m : 1 <= f -> 1 <= pow f m.
Proof.
  intros H. induction m; simpl; [lra|].
  assert (f * 1 <= f * pow f m) by (rewrite !(Qmult_comm f); apply Qmult_le_compat_r; lra). lra.
Qed.

Theorem phases_diverge i x r : (i < n)%nat -> (x < d)%nat ->
  (forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == comb 0 i x) ->
  ~ comb r i x == comb 0 i x -> ~ converges s i.
Proof.
  intros Hi Hx H Hne Hc. apply Hne.
  assert (H' : forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == 1 * comb 0 i x) by (intros; rewrite H by assumption; ring).
  assert (comb r i x - comb 0 i x == 0); [|lra]. apply small_0. intros eps He.
  destruct (comb_close i x r 0 Hx Hc eps He) as [m0 H0]. specialize (H0 m0 (Nat.le_refl _)).
  rewrite !(comb_factors 1 H' m0) in H0 by assumption. rewrite pow_1 in H0 by reflexivity.
  setoid_replace (comb r i x - comb 0 i x) with (1 * comb r i x - 1 * comb 0 i x) by ring. exact H0.
Qed.

Theorem growth_diverges f i x : (i < n)%nat -> (x < d)%nat ->
  (forall i x, (i < n)%nat -> (x < d)%nat -> comb p i x == f * comb 0 i x) ->
  ~ comb 0 i x == 0 -> 1 < f \/ (f == 1 /\ sum c w == 0) -> ~ converges s i.
Proof.
  intros Hi Hx H Hne Hf Hc. apply Hne.
  destruct Hf as [Hf|[Hf Hs]].
  - assert (E : (f - 1) * comb 0 i x == 0).
    { apply small_0. intros eps He. destruct (comb_close i x p 0 Hx Hc eps He) as [m0 H0]. specialize (H0 m0 (Nat.le_refl _)).
      rewrite !(comb_factors f H m0) in H0 by assumption. rewrite H in H0 by assumption.
      setoid_replace (pow f m0 * (f * comb 0 i x) - pow f m0 * comb 0 i x) with (pow f m0 * ((f - 1) * comb 0 i x)) in H0 by ring.
      rewrite Qabs_Qmult in H0. pose proof (pow_ge_1 f m0 ltac:(lra)) as P. rewrite (Qabs_pos (pow f m0)) in H0 by lra.
      pose proof (Qabs_nonneg ((f - 1) * comb 0 i x)) as N.
      assert (1 * Qabs ((f - 1) * comb 0 i x) <= pow f m0 * Qabs ((f - 1) * comb 0 i x)) by (apply Qmult_le_compat_r; assumption). lra. }
    apply Qmult_integral in E. destruct E; [lra|assumption].
  - apply small_0. intros eps He. destruct (comb_vanishes i x Hx Hc Hs eps He) as [m0 H0]. specialize (H0 m0 (Nat.le_refl _)).
    rewrite (comb_factors f H m0) in H0 by assumption. rewrite (pow_1 f m0 Hf) in H0.
    setoid_replace (comb 0 i x) with (1 * comb 0 i x) by ring. exact H0.
Qed.
End Convergence.
