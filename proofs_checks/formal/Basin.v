(* The lemma basin: tokens of a group tend to its leading point, whatever the attention sets of later layers are. By a strictly convex function,
   the square of the distance to the leading point, as for consensus: without compactness, and with a rate. *)
From Exactdyn Require Export Consensus.
Import ListNotations.
Open Scope Q_scope.

Section Basin.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation run := (run s).
Notation form := (form s).
Notation dot := (dot s).
Notation same := (same s).
Notation step := (step s).
Notation attended := (attended s).
Notation attends := (attends s).
Hypothesis tau_0 : 0 < tau.
Hypothesis tau_1 : tau < 1.
Hypothesis semidefinite : positive_semidefinite s.
Variables (k : nat) (t : nat -> nat).
Notation Z := (run k).
Notation goal i := (Z (t i)).
Hypothesis t_n : forall i, (i < n)%nat -> (t i < n)%nat.
Hypothesis target_leads : forall i, (i < n)%nat -> attends Z (t i) (t i).
Hypothesis target_set : forall i j, (i < n)%nat -> (j < n)%nat -> attends Z (t i) j -> same (Z j) (goal i) /\ t j = t i.
Hypothesis apart : forall i b, (i < n)%nat -> (b < n)%nat -> t b <> t i -> form (Z i) (Z b) < form (Z i) (goal i).
Hypothesis inside : forall i, (i < n)%nat -> attends Z (t i) i \/ form (Z i) (Z i) < form (Z i) (goal i).

Definition group_weights (Y : state) (i : nat) (w : nat -> Q) : Prop :=
  convex n w /\ (forall j, (j < n)%nat -> 0 < w j -> t j = t i) /\ same (Y i) (fun r => sum n (fun j => w j * Z j r)).
Record basin (Y : state) : Prop := {
  b_hull : forall i, (i < n)%nat -> exists w, group_weights Y i w;
  b_top : forall i j, (i < n)%nat -> (j < n)%nat -> form (goal i) (Y j) <= form (goal i) (goal i);
  b_rest : forall i j, (i < n)%nat -> (j < n)%nat -> attends Z (t i) j -> same (Y j) (goal i);
  b_strict : forall i j, (i < n)%nat -> (j < n)%nat -> ~ attends Z (t i) j -> form (goal i) (Y j) < form (goal i) (goal i) }.

Lemma attends_dec Y i j : attends Y i j \/ ~ attends Y i j.
Proof.
  destruct (Nat.lt_ge_cases j n) as [Hj|Hj]; [|right; intros [K _]; lia].
  destruct (attends_b s Y i j) eqn:E; [left; apply attends_spec; assumption|right; intros K; apply attends_spec in K; congruence].
Qed.
Lemma basin_first : basin Z.
Proof.
  split.
  - intros i Hi. exists (fun j => if Nat.eqb j i then 1 else 0). split; [split|split].
    + intros j _. destruct (Nat.eqb j i); lra.
    + rewrite (sum_single n _ i Hi); [rewrite Nat.eqb_refl; reflexivity|]. intros j _ Hj. apply Nat.eqb_neq in Hj. rewrite Hj. reflexivity.
    + intros j _ Hj. destruct (Nat.eqb j i) eqn:E; [apply Nat.eqb_eq in E; subst; reflexivity|lra].
    + intros r _. rewrite (sum_single n _ i Hi); [rewrite Nat.eqb_refl; ring|]. intros j _ Hj. apply Nat.eqb_neq in Hj. rewrite Hj. ring.
  - intros i j Hi Hj. apply (target_leads i Hi), Hj.
  - intros i j Hi Hj Ha. apply (target_set i j Hi Hj Ha).
  - intros i j Hi Hj Hn. destruct (Qlt_le_dec (form (goal i) (Z j)) (form (goal i) (goal i))) as [|L]; [assumption|]. exfalso. apply Hn.
    split; [assumption|]. intros l Hl. destruct (target_leads i Hi) as [_ A]. specialize (A l Hl). lra.
Qed.

Section Layer.
Variable Y : state.
Hypothesis HY : basin Y.
Lemma goal_here i : (i < n)%nat -> same (Y (t i)) (goal i).
Proof. intros Hi. apply (b_rest _ HY i (t i) Hi (t_n i Hi) (target_leads i Hi)). Qed.
(* nobody attends another group *)
Lemma own_group i j : (i < n)%nat -> (j < n)%nat -> attends Y i j -> t j = t i.
Proof.
  intros Hi Hj [_ Ha]. destruct (Nat.eq_dec (t j) (t i)) as [|Hne]; [assumption|]. exfalso.
  destruct (b_hull _ HY i Hi) as [u [Hu [Gu Eu]]]. destruct (b_hull _ HY j Hj) as [v [Hv [Gv Ev]]].
  assert (Hlt : form (Y i) (Y j) < form (Y i) (goal i)).
  { assert (Fu : forall z, form (Y i) z == sum n (fun a => u a * form (Z a) z)).
    { intros z. rewrite (form_ext s _ _ z z Eu (same_refl s z)). apply form_sum_l. }
    assert (Fv : forall z, form z (Y j) == sum n (fun b => v b * form z (Z b))).
    { intros z. rewrite (form_ext s z z _ _ (same_refl s z) Ev). apply form_sum_r. }
    assert (Each : forall a, (a < n)%nat -> 0 < u a -> form (Z a) (Y j) < form (Z a) (goal i)).
    { intros a Han Hpa. rewrite Fv. pose proof (Gu a Han Hpa) as Ea.
      assert (Lt : forall b, (b < n)%nat -> 0 < v b -> form (Z a) (Z b) < form (Z a) (goal i)).
      { intros b Hb Hpb. rewrite <- Ea. apply apart; [assumption|assumption|]. rewrite (Gv b Hb Hpb), Ea. exact Hne. }
      destruct (Qlt_le_dec (sum n (fun b => v b * form (Z a) (Z b))) (form (Z a) (goal i))) as [|L]; [assumption|]. exfalso.
      pose proof (convex_some n v Hv) as [b [Hb Hpb]]. specialize (Lt b Hb Hpb) as Lb.
      assert (T : form (Z a) (Z b) == form (Z a) (goal i)); [|lra].
      apply (mean_tight_supported n v (fun b => form (Z a) (Z b)) (form (Z a) (goal i)) Hv); [|exact L|exact Hb|exact Hpb].
      intros c Hc Hpc. specialize (Lt c Hc Hpc). lra. }
    rewrite (Fu (Y j)), (Fu (goal i)). destruct (convex_some n u Hu) as [a [Ha' Hpa]].
    apply sum_lt with (i := a); [|exact Ha'|].
    - intros c Hc. destruct (Qlt_le_dec 0 (u c)) as [Hp|Hn].
      + specialize (Each c Hc Hp). rewrite !(Qmult_comm (u c)). apply Qmult_le_compat_r; lra.
      + destruct Hu as [U0 _]. specialize (U0 c Hc). assert (E0 : u c == 0) by lra. rewrite E0. lra.
    - specialize (Each a Ha' Hpa). rewrite !(Qmult_comm (u a)). apply Qmult_lt_compat_r; assumption. }
  specialize (Ha (t i) (t_n i Hi)). rewrite (form_ext s _ _ _ _ (same_refl s (Y i)) (goal_here i Hi)) in Ha. lra.
Qed.
Lemma basin_step : basin (step Y).
Proof.
  assert (Hstep : forall i u, (i < n)%nat -> form u (step Y i) == (1 - tau) * form u (Y i) + tau * form u (attended Y i)) by (intros; apply form_step).
  assert (Hatt : forall i j, (i < n)%nat -> (j < n)%nat -> form (goal i) (attended Y j) <= form (goal i) (goal i)).
  { intros i j Hi Hj. unfold form. apply (dot_attended_le s); [assumption|]. intros l Hl. apply (b_top _ HY i l Hi Hl). }
  split.
  - intros i Hi. destruct (choose (fun j w => group_weights Y j w) n (b_hull _ HY)) as [W HW].
    exists (fun j => (1 - tau) * W i j + tau * sum n (fun l => weight s Y i l * W l j)).
    pose proof (weight_convex s Y i Hi) as [Wg0 Wg1].
    assert (In0 : forall j, (j < n)%nat -> 0 <= sum n (fun l => weight s Y i l * W l j)).
    { intros j Hj. apply sum_nonneg. intros l Hl. apply Qmult_le_0_compat; [apply Wg0, Hl|]. destruct (HW l Hl) as [[A _] _]. apply A, Hj. }
    split; [split|split].
    + intros j Hj. destruct (HW i Hi) as [[A _] _]. specialize (A j Hj). specialize (In0 j Hj).
      assert (0 <= (1 - tau) * W i j) by (apply Qmult_le_0_compat; lra).
      assert (0 <= tau * sum n (fun l => weight s Y i l * W l j)) by (apply Qmult_le_0_compat; lra). lra.
    + rewrite sum_plus, !sum_scal, sum_swap. rewrite (sum_ext n (fun l => sum n (fun j => weight s Y i l * W l j)) (weight s Y i)).
      * destruct (HW i Hi) as [[_ A] _]. rewrite A, Wg1. ring.
      * intros l Hl. rewrite sum_scal. destruct (HW l Hl) as [[_ A] _]. rewrite A. ring.
    + intros j Hj Hp. destruct (Qlt_le_dec 0 (W i j)) as [P|P]; [apply (HW i Hi); assumption|].
      assert (Ex : exists l, (l < n)%nat /\ 0 < weight s Y i l * W l j).
      { destruct (existsb (fun l => negb (Qle_bool (weight s Y i l * W l j) 0)) (seq 0 n)) eqn:E.
        - apply existsb_exists in E. destruct E as [l [Hl E]]. apply in_seq in Hl. exists l. split; [lia|].
          apply negb_true_iff in E. rewrite <- not_true_iff_false, Qle_bool_iff in E. lra.
        - exfalso. assert (N0 : sum n (fun l => weight s Y i l * W l j) <= 0).
          { rewrite <- (sum_0 n (fun _ => 0)) by reflexivity. apply sum_le. intros l Hl. destruct (Qlt_le_dec 0 (weight s Y i l * W l j)) as [G|G]; [|exact G].
            exfalso. rewrite <- not_true_iff_false, existsb_exists in E. apply E. exists l. split; [apply in_seq; lia|].
            apply negb_true_iff. rewrite <- not_true_iff_false, Qle_bool_iff. lra. }
          specialize (In0 j Hj). assert (Z0 : sum n (fun l => weight s Y i l * W l j) == 0) by lra. rewrite Z0 in Hp.
          assert ((1 - tau) * W i j <= 0); [|lra]. destruct (HW i Hi) as [[A _] _]. specialize (A j Hj). assert (E0 : W i j == 0) by lra. rewrite E0. lra. }
      destruct Ex as [l [Hl Hpos]]. specialize (Wg0 l Hl). destruct (HW l Hl) as [[A _] [G _]]. specialize (A j Hj).
      assert (0 < weight s Y i l). { destruct (Qlt_le_dec 0 (weight s Y i l)) as [|L]; [assumption|]. assert (E0 : weight s Y i l == 0) by lra. rewrite E0 in Hpos. lra. }
      assert (0 < W l j). { destruct (Qlt_le_dec 0 (W l j)) as [|L]; [assumption|]. assert (E0 : W l j == 0) by lra. rewrite E0 in Hpos. lra. }
      rewrite (G j Hj) by assumption. apply own_group; [assumption|assumption|]. apply weight_attends; assumption.
    + intros r Hr. assert (Es : step Y i r == (1 - tau) * Y i r + tau * attended Y i r) by (unfold step, Dynamics.step; ring).
      rewrite Es, (attended_weight s Y i Hi r Hr). destruct (HW i Hi) as [_ [_ Ei]]. rewrite (Ei r Hr).
      rewrite (sum_ext n (fun j => ((1 - tau) * W i j + tau * sum n (fun l => weight s Y i l * W l j)) * Z j r)
        (fun j => (1 - tau) * (W i j * Z j r) + tau * sum n (fun l => weight s Y i l * (W l j * Z j r)))).
      * rewrite sum_plus, !sum_scal, (sum_swap n n). apply Qplus_comp; [reflexivity|]. apply Qmult_comp; [reflexivity|]. apply sum_ext. intros l Hl.
        rewrite sum_scal. destruct (HW l Hl) as [_ [_ El]]. rewrite (El r Hr). reflexivity.
      * intros j _. rewrite (sum_ext n (fun l => weight s Y i l * (W l j * Z j r)) (fun l => weight s Y i l * W l j * Z j r)) by (intros; ring).
        rewrite sum_scal_r. ring.
  - intros i j Hi Hj. rewrite Hstep by assumption. pose proof (b_top _ HY i j Hi Hj) as A. pose proof (Hatt i j Hi Hj) as B.
    assert ((1 - tau) * form (goal i) (Y j) <= (1 - tau) * form (goal i) (goal i)) by (rewrite !(Qmult_comm (1 - tau)); apply Qmult_le_compat_r; lra).
    assert (tau * form (goal i) (attended Y j) <= tau * form (goal i) (goal i)) by (rewrite !(Qmult_comm tau); apply Qmult_le_compat_r; lra). lra.
  - intros i j Hi Hj Ha. pose proof (b_rest _ HY i j Hi Hj Ha) as Ej.
    assert (Ec : same (attended Y j) (goal i)).
    { intros r Hr. rewrite (attended_weight s Y j Hj r Hr). apply mean_eq; [apply weight_convex, Hj|]. intros l Hl Hp.
      apply weight_attends in Hp; [|assumption..]. destruct (attends_dec Z (t i) l) as [A|A]; [apply (b_rest _ HY i l Hi Hl A r Hr)|]. exfalso.
      pose proof (b_strict _ HY i l Hi Hl A) as Lt. destruct Hp as [_ Hp]. specialize (Hp j Hj).
      rewrite (form_ext s _ _ (Y j) (goal i) Ej Ej), (form_ext s _ _ (Y l) (Y l) Ej (same_refl s (Y l))) in Hp. lra. }
    intros r Hr. unfold step, Dynamics.step. rewrite (Ej r Hr), (Ec r Hr). ring.
  - intros i j Hi Hj Hn. rewrite Hstep by assumption. pose proof (b_strict _ HY i j Hi Hj Hn) as A. pose proof (Hatt i j Hi Hj) as B.
    assert ((1 - tau) * form (goal i) (Y j) < (1 - tau) * form (goal i) (goal i)) by (rewrite !(Qmult_comm (1 - tau)); apply Qmult_lt_compat_r; lra).
    assert (tau * form (goal i) (attended Y j) <= tau * form (goal i) (goal i)) by (rewrite !(Qmult_comm tau); apply Qmult_le_compat_r; lra). lra.
Qed.
End Layer.
Lemma basin_run m : basin (run (k + m)).
Proof. induction m as [|m IH]; [rewrite Nat.add_0_r; apply basin_first|]. rewrite Nat.add_succ_r. apply (basin_step (run (k + m)) IH). Qed.

(* -- distances -- *)
Definition distance (Y : state) (i : nat) : Q := dot (off (Y i) (goal i)) (off (Y i) (goal i)).
Definition farthest (Y : state) : Q := maxn n (distance Y).
Lemma dot_square_nonneg x : 0 <= dot x x.
Proof. apply sum_nonneg. intros r _. nra. Qed.
Lemma dot_off x y : dot (off x y) (off x y) == dot x x - 2 * dot x y + dot y y.
Proof. unfold off. rewrite dot_lin_r, !dot_lin_l. rewrite (dot_comm s y x). ring. Qed.
Lemma entry_bound x b : 0 <= b -> dot x x <= b * b -> forall r, (r < d)%nat -> Qabs (x r) <= b.
Proof.
  intros Hb H r Hr. assert (x r * x r <= dot x x).
  { unfold dot, Dynamics.dot. rewrite (sum_split (fun r => x r * x r) d r Hr).
    assert (0 <= sum d (fun l => if Nat.eqb l r then 0 else x l * x l)); [|lra]. apply sum_nonneg. intros l _. destruct (Nat.eqb l r); nra. }
  apply Qabs_Qle_condition. split; nra.
Qed.
Lemma square_bound x b : 0 <= b -> (forall r, (r < d)%nat -> Qabs (x r) <= b) -> dot x x <= qn d * (b * b).
Proof.
  intros Hb H. rewrite <- sum_const. apply sum_le. intros r Hr. specialize (H r Hr). apply Qabs_Qle_condition in H. nra.
Qed.
Lemma strictly_closer Y i : basin Y -> (i < n)%nat ->
  tau * (1 - tau) * dot (off (attended Y i) (Y i)) (off (attended Y i) (Y i)) <= farthest Y - distance (step Y) i.
Proof.
  intros HY Hi. set (c := attended Y i). set (p := goal i).
  assert (E : distance (step Y) i == (1 - tau) * dot (off (Y i) p) (off (Y i) p) + tau * dot (off c p) (off c p) - tau * (1 - tau) * dot (off c (Y i)) (off c (Y i))).
  { unfold distance. fold p. rewrite (dot_ext s _ (off (fun r => (1 - tau) * Y i r + tau * c r) p) _ (off (fun r => (1 - tau) * Y i r + tau * c r) p))
      by (intros r _; unfold off, c, step, Dynamics.step; ring).
    rewrite !dot_off. rewrite !dot_lin_r, !dot_lin_l. rewrite (dot_comm s c (Y i)). ring. }
  assert (H1 : dot (off (Y i) p) (off (Y i) p) <= farthest Y) by (apply (maxn_ge n (distance Y) i Hi)).
  assert (H2 : dot (off c p) (off c p) <= farthest Y).
  { assert (J : dot (off c p) (off c p) <= sum n (fun j => weight s Y i j * dot (off (Y j) p) (off (Y j) p))).
    { assert (D1 : forall u, dot u c == sum n (fun j => weight s Y i j * dot u (Y j))) by (intros u; apply dot_attended, Hi).
      assert (V : 0 <= sum n (fun j => weight s Y i j * dot (off (Y j) c) (off (Y j) c))).
      { apply sum_nonneg. intros j Hj. apply Qmult_le_0_compat; [apply (weight_convex s Y i Hi), Hj|apply dot_square_nonneg]. }
      assert (G : forall q, sum n (fun j => weight s Y i j * dot (off (Y j) q) (off (Y j) q)) == sum n (fun j => weight s Y i j * dot (Y j) (Y j)) - 2 * dot c q + dot q q).
      { intros q. rewrite (sum_ext n _ (fun j => (weight s Y i j * dot (Y j) (Y j) - 2 * (weight s Y i j * dot q (Y j))) + weight s Y i j * dot q q)).
        - rewrite sum_plus, sum_minus, sum_scal, sum_scal_r, <- D1. destruct (weight_convex s Y i Hi) as [_ W1]. rewrite W1, (dot_comm s q c). ring.
        - intros j _. rewrite dot_off, (dot_comm s (Y j) q). ring. }
      rewrite G in V. rewrite G. rewrite dot_off. lra. }
    eapply Qle_trans; [exact J|]. apply mean_le; [apply weight_convex, Hi|]. intros j Hj Hp. apply weight_attends in Hp; [|assumption..].
    pose proof (own_group Y HY i j Hi Hj Hp) as Et. unfold p. rewrite <- Et. apply (maxn_ge n (distance Y) j Hj). }
  rewrite E.
  assert ((1 - tau) * dot (off (Y i) p) (off (Y i) p) <= (1 - tau) * farthest Y) by (rewrite !(Qmult_comm (1 - tau)); apply Qmult_le_compat_r; lra).
  assert (tau * dot (off c p) (off c p) <= tau * farthest Y) by (rewrite !(Qmult_comm tau); apply Qmult_le_compat_r; lra). lra.
Qed.

(* the part of a token that is not at its leading point *)
Definition outside (i : nat) (w : nat -> Q) : Q := sum n (fun j => w j * (if attends_b s Z (t i) j then 0 else 1)).
Lemma least_gain : exists c, 0 < c /\ forall i, (i < n)%nat -> ~ attends Z (t i) i -> c <= form (Z i) (goal i) - form (Z i) (Z i).
Proof.
  assert (G : forall m, (m <= n)%nat -> exists c, 0 < c /\ forall i, (i < m)%nat -> ~ attends Z (t i) i -> c <= form (Z i) (goal i) - form (Z i) (Z i)).
  { induction m as [|m IH]; intros Hm; [exists 1; split; [lra|intros; lia]|]. destruct IH as [c [Hc H]]; [lia|].
    destruct (attends_dec Z (t m) m) as [A|A].
    - exists c. split; [assumption|]. intros i Hi Hn. destruct (Nat.eq_dec i m) as [->|]; [contradiction|]. apply H; [lia|assumption].
    - destruct (inside m ltac:(lia)) as [A'|L]; [contradiction|].
      destruct (smaller c (form (Z m) (goal m) - form (Z m) (Z m)) 1 Hc ltac:(lra) ltac:(lra)) as [e [He [E1 [E2 _]]]].
      exists e. split; [assumption|]. intros i Hi Hn. destruct (Nat.eq_dec i m) as [->|]; [exact E2|]. specialize (H i ltac:(lia) Hn). lra. }
  apply G. lia.
Qed.
Lemma gain Y i w c : basin Y -> (i < n)%nat -> group_weights Y i w ->
  (forall i, (i < n)%nat -> ~ attends Z (t i) i -> c <= form (Z i) (goal i) - form (Z i) (Z i)) ->
  c * outside i w <= form (Y i) (goal i) - form (Y i) (Y i).
Proof.
  intros HY Hi [Hw [Gw Ew]] Hc.
  assert (Fl : forall z, form (Y i) z == sum n (fun j => w j * form (Z j) z)).
  { intros z. rewrite (form_ext s _ _ z z Ew (same_refl s z)). apply form_sum_l. }
  assert (Fr : forall z, form z (Y i) == sum n (fun j => w j * form z (Z j))).
  { intros z. rewrite (form_ext s z z _ _ (same_refl s z) Ew). apply form_sum_r. }
  assert (Cx : form (Y i) (Y i) <= sum n (fun j => w j * form (Z j) (Z j))).
  { assert (V : 0 <= sum n (fun j => w j * form (off (Z j) (Y i)) (off (Z j) (Y i)))).
    { apply sum_nonneg. intros j Hj. apply Qmult_le_0_compat; [apply Hw, Hj|apply semidefinite]. }
    rewrite (sum_ext n _ (fun j => (w j * form (Z j) (Z j) - w j * form (Z j) (Y i)) - (w j * form (Y i) (Z j) - w j * form (Y i) (Y i)))) in V.
    - rewrite !sum_minus, sum_scal_r, <- Fl, <- Fr in V. destruct Hw as [_ W1]. rewrite W1 in V. lra.
    - intros j _. unfold off. rewrite form_lin_r, !form_lin_l. ring. }
  rewrite Fl. unfold outside. rewrite <- sum_scal.
  apply Qle_trans with (sum n (fun j => w j * (form (Z j) (goal i) - form (Z j) (Z j)))).
  - apply sum_le. intros j Hj. destruct Hw as [W0 _]. specialize (W0 j Hj). destruct (Qlt_le_dec 0 (w j)) as [P|P].
    + pose proof (Gw j Hj P) as Et. destruct (attends_b s Z (t i) j) eqn:E.
      * apply attends_spec in E; [|assumption]. destruct (target_set i j Hi Hj E) as [Es _].
        rewrite (form_ext s (Z j) (Z j) (Z j) (goal i) (same_refl s _) Es). lra.
      * assert (N : ~ attends Z (t j) j) by (rewrite Et; intros K; apply attends_spec in K; congruence).
        specialize (Hc j Hj N). rewrite Et in Hc. rewrite !(Qmult_comm (w j)). assert (c * (w j * 1) == c * w j) by ring. rewrite (Qmult_comm 1 (w j)), H.
        apply Qmult_le_compat_r; lra.
    + assert (E0 : w j == 0) by lra. rewrite E0. lra.
  - rewrite (sum_ext n _ (fun j => w j * form (Z j) (goal i) - w j * form (Z j) (Z j))) by (intros; ring). rewrite sum_minus. lra.
Qed.
Lemma near Y i w r : (i < n)%nat -> group_weights Y i w -> (r < d)%nat -> Qabs (off (Y i) (goal i) r) <= outside i w * (2 * bound s).
Proof.
  intros Hi [[W0 W1] [Gw Ew]] Hr.
  assert (E : off (Y i) (goal i) r == sum n (fun j => w j * (Z j r - goal i r))).
  { rewrite (sum_ext n _ (fun j => w j * Z j r - w j * goal i r)) by (intros; ring). rewrite sum_minus, sum_scal_r, W1. unfold off. rewrite (Ew r Hr). ring. }
  rewrite E. eapply Qle_trans; [apply Qabs_sum|]. unfold outside. rewrite <- sum_scal_r. apply sum_le. intros j Hj. specialize (W0 j Hj).
  rewrite Qabs_Qmult, (Qabs_pos (w j)) by assumption. rewrite <- Qmult_assoc, !(Qmult_comm (w j)). apply Qmult_le_compat_r; [|assumption].
  destruct (attends_b s Z (t i) j) eqn:A.
  - apply attends_spec in A; [|assumption]. destruct (target_set i j Hi Hj A) as [Es _]. specialize (Es r Hr). rewrite Es.
    setoid_replace (goal i r - goal i r) with 0 by ring. simpl. lra.
  - pose proof (run_bound s tau_0 tau_1 k j r Hj Hr) as B1. pose proof (run_bound s tau_0 tau_1 k (t i) r (t_n i Hi) Hr) as B2.
    apply Qabs_Qle_condition in B1, B2. apply Qabs_Qle_condition. lra.
Qed.

Theorem farthest_falls eps : 0 < eps -> exists kappa, 0 < kappa /\
  forall m, eps <= farthest (run (k + m)) -> farthest (run (k + S m)) <= farthest (run (k + m)) - kappa.
Proof.
  intros He. destruct least_gain as [c [Hc Hgain]]. pose proof (bound_nonneg s) as HB.
  assert (HA : 0 <= size_A s) by (apply sum_nonneg; intros; apply sum_nonneg; intros; apply Qabs_nonneg).
  set (P := size_A s * bound s). assert (HP : 0 <= P) by (apply Qmult_le_0_compat; assumption).
  set (R := P / c * (2 * bound s) + 1).
  assert (HPc : 0 <= P / c) by (apply Qle_shift_div_l; lra).
  assert (HR : 1 <= R) by (unfold R; assert (0 <= P / c * (2 * bound s)) by (apply Qmult_le_0_compat; lra); lra).
  set (Q0 := qn d * (R * R)). assert (HQ : 0 <= Q0) by (unfold Q0; apply Qmult_le_0_compat; [apply qn_nonneg|nra]).
  destruct (smaller (eps / (2 * (Q0 + 1))) 1 1) as [u [Hu [U1 [U2 _]]]]; [apply Qlt_shift_div_l; lra|lra|lra|].
  assert (HQu : Q0 * (u * u) <= (1#2) * eps).
  { assert (u * u <= u) by nra. assert (Q0 * (u * u) <= Q0 * u) by (rewrite !(Qmult_comm Q0); apply Qmult_le_compat_r; assumption).
    assert (Q0 * u <= Q0 * (eps / (2 * (Q0 + 1)))) by (rewrite !(Qmult_comm Q0); apply Qmult_le_compat_r; assumption).
    assert (Q0 * (eps / (2 * (Q0 + 1))) == (1#2) * eps - eps / (2 * (Q0 + 1))) by (field; lra).
    assert (0 < eps / (2 * (Q0 + 1))) by (apply Qlt_shift_div_l; lra). lra. }
  set (theta := tau * (1 - tau)). assert (Hth : 0 < theta) by (apply Qmult_lt_0_compat; lra).
  destruct (smaller (theta * (u * u)) ((1#4) * eps) 1) as [kappa [Hk [K1 [K2 _]]]]; [apply Qmult_lt_0_compat; [assumption|apply Qmult_lt_0_compat; assumption]|lra|lra|].
  exists kappa. split; [assumption|]. intros m Hm. rewrite Nat.add_succ_r.
  destruct (Qlt_le_dec (farthest (run (k + m)) - kappa) (farthest (run (S (k + m))))) as [Hlt|]; [|assumption]. exfalso.
  change (run (S (k + m))) with (step (run (k + m))) in Hlt. pose proof (basin_run m) as HY. set (Y := run (k + m)) in *.
  assert (Hpos : 0 < farthest (step Y)) by lra. destruct (maxn_attained n _ Hpos) as [i [Hi Ei]]. fold (farthest (step Y)) in Ei.
  set (e := off (attended Y i) (Y i)). pose proof (strictly_closer Y i HY Hi) as Hs. fold theta e in Hs.
  assert (He2 : dot e e <= u * u) by (apply (Qmult_le_l _ _ theta Hth); lra).
  assert (Hee : forall r, (r < d)%nat -> Qabs (e r) <= u) by (apply entry_bound; [lra|exact He2]).
  destruct (b_hull _ HY i Hi) as [w Hw].
  assert (Hf : form (Y i) (goal i) - form (Y i) (Y i) <= P * u).
  { pose proof (attended_max s Y i Hi (t i) (t_n i Hi)) as M. rewrite (form_ext s _ _ _ _ (same_refl s (Y i)) (goal_here Y HY i Hi)) in M.
    assert (F : form (Y i) e == form (Y i) (attended Y i) - form (Y i) (Y i)) by (unfold e, off; rewrite form_lin_r; ring).
    assert (form (Y i) e <= size_A s * (bound s * u)).
    { apply form_bound; [assumption|lra| |exact Hee]. intros r Hr. apply run_bound; assumption. }
    assert (size_A s * (bound s * u) == P * u) by (unfold P; ring). lra. }
  pose proof (gain Y i w c HY Hi Hw Hgain) as Hg.
  assert (Ho : outside i w <= P / c * u).
  { setoid_replace (P / c * u) with (P * u / c) by (field; lra). apply Qle_shift_div_l; [assumption|]. lra. }
  assert (Ho0 : 0 <= outside i w).
  { apply sum_nonneg. intros j Hj. destruct Hw as [[W0 _] _]. specialize (W0 j Hj). destruct (attends_b s Z (t i) j); lra. }
  assert (Near : forall r, (r < d)%nat -> Qabs (off (step Y i) (goal i) r) <= R * u).
  { intros r Hr. pose proof (near Y i w r Hi Hw Hr) as N1. pose proof (Hee r Hr) as N2.
    assert (outside i w * (2 * bound s) <= P / c * u * (2 * bound s)) by (apply Qmult_le_compat_r; lra).
    assert (E : off (step Y i) (goal i) r == off (Y i) (goal i) r + tau * e r) by (unfold off, e, off, step, Dynamics.step; ring).
    rewrite E. apply Qabs_Qle_condition in N1, N2. apply Qabs_Qle_condition. unfold R. split; nra. }
  assert (D : distance (step Y) i <= Q0 * (u * u)).
  { unfold distance. assert (0 <= R * u) by nra. pose proof (square_bound _ _ H Near) as Sb. unfold Q0. setoid_replace (qn d * (R * R) * (u * u)) with (qn d * (R * u * (R * u))) by ring. exact Sb. }
  lra.
Qed.
Lemma farthest_decreases m j : farthest (run (k + (m + j))) <= farthest (run (k + m)).
Proof.
  induction j as [|j IH]; [rewrite Nat.add_0_r; lra|]. eapply Qle_trans; [|exact IH]. rewrite Nat.add_succ_r, Nat.add_succ_r.
  apply maxn_lub; [apply maxn_nonneg|]. intros i Hi. pose proof (strictly_closer _ i (basin_run (m + j)) Hi) as Hs.
  pose proof (dot_square_nonneg (off (attended (run (k + (m + j))) i) (run (k + (m + j)) i))) as D0.
  assert (0 <= tau * (1 - tau)) by (apply Qmult_le_0_compat; lra).
  assert (0 <= tau * (1 - tau) * dot (off (attended (run (k + (m + j))) i) (run (k + (m + j)) i)) (off (attended (run (k + (m + j))) i) (run (k + (m + j)) i))) by (apply Qmult_le_0_compat; assumption).
  change (run (S (k + (m + j)))) with (step (run (k + (m + j)))). lra.
Qed.
Lemma farthest_vanishes eps : 0 < eps -> exists M, farthest (run (k + M)) < eps.
Proof.
  intros He. destruct (farthest_falls eps He) as [kappa [Hk Hf]].
  destruct (archimedes_mult (farthest (run (k + 0))) kappa Hk) as [J HJ].
  assert (W : forall j, (exists M, farthest (run (k + M)) < eps) \/ farthest (run (k + j)) <= farthest (run (k + 0)) - qn j * kappa).
  { induction j as [|j [IH|IH]]; [right; cbn [qn]; lra|left; assumption|].
    destruct (Qlt_le_dec (farthest (run (k + j))) eps) as [L|L]; [left; exists j; assumption|right]. specialize (Hf j L). cbn [qn]. lra. }
  destruct (W J) as [H|H]; [assumption|]. pose proof (maxn_nonneg n (distance (run (k + J)))) as H0. fold (farthest (run (k + J))) in H0. lra.
Qed.
(* FORMAT.md, lemma basin *)
Theorem basin_tends i : (i < n)%nat -> tends s i (goal i).
Proof.
  intros Hi eps He. destruct (farthest_vanishes (eps * eps)) as [M HM]; [apply Qmult_lt_0_compat; assumption|].
  exists (k + M)%nat. intros m r Hm Hr. replace m with (k + (M + (m - (k + M))))%nat by lia. set (j := (m - (k + M))%nat).
  assert (D : distance (run (k + (M + j))) i <= eps * eps).
  { pose proof (farthest_decreases M j). pose proof (maxn_ge n (distance (run (k + (M + j)))) i Hi) as G. fold (farthest (run (k + (M + j)))) in G. lra. }
  pose proof (entry_bound _ eps ltac:(lra) D r Hr) as B. unfold off in B.
  setoid_replace (run (k + (M + j)) i r - goal i r) with (1 * run (k + (M + j)) i r + -1 * goal i r) by ring. exact B.
Qed.
Theorem basin_along x eps : (x < d)%nat -> 0 < eps ->
  exists m0, forall m i, (m0 <= m)%nat -> (i < n)%nat -> Qabs (run (k + 1 * m) i x - goal i x) <= eps.
Proof.
  intros Hx He. destruct (all_below (fun i m0 => forall m, (m0 <= m)%nat -> Qabs (run (k + 1 * m) i x - goal i x) <= eps) n) as [m0 H0].
  - intros i m m' H Hle q Hq. apply H. lia.
  - intros i Hi. destruct (basin_tends i Hi eps He) as [M HM]. exists M. intros m Hm. apply HM; [lia|assumption].
  - exists m0. intros m i Hm Hi. apply H0; assumption.
Qed.
(* no token leads alone at a later layer that did not at this one *)
Theorem basin_first_leader m i : (i < n)%nat -> leader s m i -> leader s k i.
Proof.
  intros Hi Hl. destruct (Nat.le_gt_cases m k) as [H|H].
  { destruct (leaders_persist_lemma s ltac:(lra) tau_1 m k i H I Hi Hl); assumption. }
  assert (Em : m = (k + (m - k))%nat) by lia. pose proof (basin_run (m - k)) as HY. rewrite <- Em in HY.
  assert (Here : same (run m i) (goal i)).
  { intros r Hr. assert (run m i r - goal i r == 0); [|lra]. apply small_0. intros eps He. destruct (basin_tends i Hi eps He) as [M HM].
    specialize (HM (m + M)%nat r ltac:(lia) Hr). destruct (leaders_persist_lemma s ltac:(lra) tau_1 m (m + M)%nat i ltac:(lia) I Hi Hl) as [_ E].
    rewrite (E r Hr) in HM. exact HM. }
  assert (Then : same (Z i) (goal i)).
  { destruct (same_dec s (Z i) (goal i)) as [|Hne]; [assumption|]. exfalso.
    assert (Q : forall q, ~ same (run (k + q) i) (run (k + q) (t i))).
    { induction q as [|q IH]; [rewrite Nat.add_0_r; exact Hne|]. rewrite Nat.add_succ_r. intros K. apply IH.
      apply (no_collision_step s (run (k + q)) i (t i)); [lra|assumption|assumption|assumption|apply t_n, Hi|exact K]. }
    apply (Q (m - k)%nat). rewrite <- Em. apply same_trans with (goal i); [exact Here|apply same_sym, (goal_here (run m) HY i Hi)]. }
  assert (HP : attends Z (t i) i).
  { destruct (inside i Hi) as [A|L]; [assumption|]. rewrite (form_ext s (Z i) (Z i) (Z i) (goal i) (same_refl s _) Then) in L. lra. }
  assert (Only : forall j, (j < n)%nat -> attends Z (t i) j -> j = i).
  { intros j Hj Ha. apply (Hl j Hj). split; [assumption|]. intros l Hl'. pose proof (b_rest _ HY i j Hi Hj Ha) as Ej.
    rewrite (form_ext s _ _ _ _ (same_refl s (run m i)) Ej), (form_ext s _ _ _ _ Here (same_refl s (goal i))), (form_ext s _ _ _ _ Here (same_refl s (run m l))).
    apply (b_top _ HY i l Hi Hl'). }
  intros j Hj. split.
  - intros [_ Ha]. apply Only; [assumption|]. split; [assumption|]. intros l Hl'. specialize (Ha l Hl').
    rewrite (form_ext s _ _ _ _ Then (same_refl s (Z l))), (form_ext s _ _ _ _ Then (same_refl s (Z j))) in Ha. exact Ha.
  - intros ->. split; [assumption|]. intros l Hl'. destruct HP as [_ HP]. specialize (HP l Hl').
    rewrite (form_ext s _ _ _ _ Then (same_refl s (Z l))), (form_ext s _ _ _ _ Then (same_refl s (Z i))). exact HP.
Qed.
End Basin.
