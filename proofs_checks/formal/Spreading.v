(* The lemma spreading-hulls: where steps lead away from what is attended, hulls never shrink, and some token has no limit. *)
From Exactdyn Require Export Consensus.
Import ListNotations.
Open Scope Q_scope.

Section Spreading.
Variable s : system.
Notation d := (dim s).
Notation n := (size s).
Notation tau := (tau s).
Notation run := (run s).
Notation form := (form s).
Notation dot := (dot s).
Notation step := (step s).
Notation attended := (attended s).
Hypothesis tau_0 : tau < 0.
Hypothesis negative : forall x, form x x <= 0.

Lemma hull_spreads Y j : (j < n)%nat -> hull s (step Y) (Y j).
Proof.
  intros Hj. destruct (separation d n (step Y) (Y j)) as [[w [Hw Ex]]|[f [c [Hf Hxf]]]]; [exists w; split; assumption|]. exfalso.
  destruct (argmax n (fun l => dot f (Y l))) as [l [Hl Hmax]]; [lia|]. specialize (Hf l Hl). specialize (Hmax j Hj) as Hj'.
  change (sum d (fun r => f r * step Y l r)) with (dot f (step Y l)) in Hf. change (sum d (fun r => f r * Y j r)) with (dot f (Y j)) in Hxf.
  assert (E : dot f (step Y l) == (1 - tau) * dot f (Y l) + tau * dot f (attended Y l)).
  { rewrite <- dot_lin_r. apply dot_ext; [apply same_refl|]. intros r _. unfold step, Dynamics.step. ring. }
  pose proof (dot_attended_le s f Y l (dot f (Y l)) Hl Hmax) as D.
  assert (0 <= (- tau) * (dot f (Y l) - dot f (attended Y l))) by (apply Qmult_le_0_compat; lra). lra.
Qed.
Lemma hull_later k m j : (j < n)%nat -> hull s (run (k + m)) (run k j).
Proof.
  induction m as [|m IH]; intros Hj; [rewrite Nat.add_0_r; apply hull_member, Hj|]. rewrite Nat.add_succ_r.
  apply (hull_trans s (run (S (k + m))) (run (k + m))); [|apply IH, Hj]. intros i Hi. apply (hull_spreads (run (k + m)) i Hi).
Qed.
Lemma settle_together eps : (forall i, (i < n)%nat -> converges s i) -> 0 < eps ->
  exists M, forall m m' i r, (M <= m)%nat -> (M <= m')%nat -> (i < n)%nat -> (r < d)%nat -> Qabs (run m i r - run m' i r) <= eps.
Proof.
  intros H He. destruct (all_below (fun i M => forall m m' r, (M <= m)%nat -> (M <= m')%nat -> (r < d)%nat -> Qabs (run m i r - run m' i r) <= eps) n) as [M HM].
  - intros i M M' K Hle m m' r Hm Hm'. apply K; lia.
  - intros i Hi. exact (H i Hi eps He).
  - exists M. intros m m' i r Hm Hm' Hi. apply HM; assumption.
Qed.

(* FORMAT.md, lemma spreading-hulls *)
Theorem spreading_hulls k i a b : (i < n)%nat -> (a < n)%nat -> (b < n)%nat -> form (run k i) (run k b) < form (run k i) (run k a) ->
  ~ forall i, (i < n)%nat -> converges s i.
Proof.
  intros Hi Ha Hb Hg H. set (g := form (run k i) (run k a) - form (run k i) (run k b)).
  destruct (settle_together 1 H ltac:(lra)) as [M1 HM1].
  set (B := 1 + maxn n (fun i => maxn d (fun r => Qabs (run M1 i r)))).
  assert (HB0 : 0 <= maxn n (fun i => maxn d (fun r => Qabs (run M1 i r)))) by apply maxn_nonneg.
  assert (HB : forall m j r, (M1 <= m)%nat -> (j < n)%nat -> (r < d)%nat -> Qabs (run m j r) <= B).
  { intros m j r Hm Hj Hr. pose proof (HM1 m M1 j r Hm (Nat.le_refl _) Hj Hr) as D.
    pose proof (maxn_ge n (fun i => maxn d (fun r => Qabs (run M1 i r))) j Hj) as G1. pose proof (maxn_ge d (fun r => Qabs (run M1 j r)) r Hr) as G2. cbv beta in G1, G2.
    pose proof (Qabs_triangle (run m j r - run M1 j r) (run M1 j r)) as T. setoid_replace (run m j r - run M1 j r + run M1 j r) with (run m j r) in T by ring. unfold B. lra. }
  assert (HA : 0 <= size_A s) by (apply sum_nonneg; intros; apply sum_nonneg; intros; apply Qabs_nonneg).
  set (P := size_A s * B). assert (HP : 0 <= P) by (apply Qmult_le_0_compat; unfold B; lra).
  set (u := g / (4 * (P + 1))). assert (Hu : 0 < u) by (apply Qlt_shift_div_l; unfold g; lra).
  destruct (settle_together (u * - tau) H) as [M2 HM2]; [apply Qmult_lt_0_compat; lra|].
  set (m := (M1 + M2)%nat). set (Y := run (k + m)).
  (* what is attended is near *)
  assert (Near : forall j r, (j < n)%nat -> (r < d)%nat -> Qabs (1 * attended Y j r + -1 * Y j r) <= u).
  { intros j r Hj Hr. pose proof (HM2 (S (k + m)) (k + m)%nat j r ltac:(lia) ltac:(lia) Hj Hr) as D.
    change (run (S (k + m)) j r) with (run (k + m) j r + tau * (attended (run (k + m)) j r - run (k + m) j r)) in D. fold Y in D.
    setoid_replace (Y j r + tau * (attended Y j r - Y j r) - Y j r) with (tau * (1 * attended Y j r + -1 * Y j r)) in D by ring.
    rewrite Qabs_Qmult, (Qabs_neg tau) in D by lra. apply (Qmult_le_l _ _ (- tau)); [lra|]. rewrite (Qmult_comm (- tau) u). exact D. }
  assert (Upper : forall j l, (j < n)%nat -> (l < n)%nat -> form (Y j) (Y l) - form (Y j) (Y j) <= P * u).
  { intros j l Hj Hl. pose proof (attended_max s Y j Hj l Hl) as Mx.
    assert (F : form (Y j) (fun r => 1 * attended Y j r + -1 * Y j r) == form (Y j) (attended Y j) - form (Y j) (Y j)) by (rewrite form_lin_r; ring).
    assert (form (Y j) (fun r => 1 * attended Y j r + -1 * Y j r) <= size_A s * (B * u)).
    { apply form_bound; [unfold B; lra|lra| |].
      - intros r Hr. apply HB; [lia|assumption..].
      - intros r Hr. apply Near; assumption. }
    assert (size_A s * (B * u) == P * u) by (unfold P; ring). lra. }
  assert (Lower : forall j l, (j < n)%nat -> (l < n)%nat -> - (P * u) <= form (Y j) (Y l) - form (Y j) (Y j)).
  { intros j l Hj Hl. pose proof (Upper l j Hl Hj) as U. pose proof (negative (fun r => 1 * Y j r + -1 * Y l r)) as N.
    rewrite form_lin_r, !form_lin_l in N. lra. }
  destruct (hull_later k m i Hi) as [w [Hw Ew]]. destruct (hull_later k m a Ha) as [v [Hv Ev]]. destruct (hull_later k m b Hb) as [v' [Hv' Ev']]. fold Y in Ew, Ev, Ev'.
  assert (Fl : forall z, form (run k i) z == sum n (fun j => w j * form (Y j) z)).
  { intros z. rewrite (form_ext s _ _ z z Ew (same_refl s z)). apply form_sum_l. }
  assert (G : g <= 2 * (P * u)).
  { unfold g. rewrite !Fl, <- sum_minus. rewrite (sum_ext n _ (fun j => w j * (form (Y j) (run k a) - form (Y j) (run k b)))) by (intros; ring).
    apply mean_le; [assumption|]. intros j Hj _.
    assert (form (Y j) (run k a) <= form (Y j) (Y j) + P * u).
    { rewrite (form_ext s _ _ _ _ (same_refl s (Y j)) Ev), form_sum_r. apply mean_le; [assumption|]. intros l Hl _. specialize (Upper j l Hj Hl). lra. }
    assert (form (Y j) (Y j) - P * u <= form (Y j) (run k b)).
    { rewrite (form_ext s _ _ _ _ (same_refl s (Y j)) Ev'), form_sum_r. apply mean_ge; [assumption|]. intros l Hl _. specialize (Lower j l Hj Hl). lra. }
    lra. }
  assert (E : 4 * ((P + 1) * u) == g) by (unfold u; field; lra). unfold g in *. lra.
Qed.
End Spreading.
