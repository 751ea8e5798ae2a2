(* Separation by a linear functional, over the rationals: Bartl's short proof of the lemma of Farkas. *)
From Exactdyn Require Export Sums.
Import ListNotations.
Open Scope Q_scope.

Section Farkas.
Variable d : nat.
Definition dt (x y : nat -> Q) : Q := sum d (fun r => x r * y r).
Lemma dt_lin_r u a b x y : dt u (fun r => a * x r + b * y r) == a * dt u x + b * dt u y.
Proof. unfold dt. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring. Qed.
Lemma dt_lin_l u a b x y : dt (fun r => a * x r + b * y r) u == a * dt x u + b * dt y u.
Proof. unfold dt. rewrite <- !sum_scal, <- sum_plus. apply sum_ext. intros; ring. Qed.
Lemma dt_zero x : 0 < dt x x \/ forall r, (r < d)%nat -> x r == 0.
Proof.
  destruct (Qlt_le_dec 0 (dt x x)) as [|H]; [left; assumption|right].
  intros r Hr. assert (K : forall r, (r < d)%nat -> 0 <= x r * x r) by (intros; nra).
  pose proof (sum_nonneg_0 d _ K H r Hr) as E. simpl in E. apply Qmult_integral in E. tauto.
Qed.

Theorem farkas m : forall (a : nat -> nat -> Q) (g : nat -> Q),
  (exists l : nat -> Q, (forall i, (i < m)%nat -> 0 <= l i) /\ forall r, (r < d)%nat -> g r == sum m (fun i => l i * a i r)) \/
  (exists x, (forall i, (i < m)%nat -> dt (a i) x <= 0) /\ 0 < dt g x).
Proof.
  induction m as [|m IH]; intros a g.
  - destruct (dt_zero g) as [H|H].
    + right. exists g. split; [intros; lia|assumption].
    + left. exists (fun _ => 0). split; [intros; lia|]. intros r Hr. simpl. apply H, Hr.
  - destruct (IH a g) as [[l [Hl Hg]]|[x0 [Ha Hg]]].
    + left. exists (fun i => if Nat.eqb i m then 0 else l i). split.
      * intros i Hi. destruct (Nat.eqb i m) eqn:E; [lra|]. apply Nat.eqb_neq in E. apply Hl. lia.
      * intros r Hr. simpl. rewrite Nat.eqb_refl, (Hg r Hr).
        rewrite (sum_ext m (fun i => (if Nat.eqb i m then 0 else l i) * a i r) (fun i => l i * a i r)); [ring|].
        intros i Hi. replace (Nat.eqb i m) with false by (symmetry; apply Nat.eqb_neq; lia). reflexivity.
    + destruct (Qlt_le_dec 0 (dt (a m) x0)) as [Hp|Hn].
      2:{ right. exists x0. split; [|assumption]. intros i Hi. destruct (Nat.eq_dec i m) as [->|]; [assumption|]. apply Ha. lia. }
      set (c := dt (a m) x0) in *.
      set (a' := fun i r => 1 * a i r + (- (dt (a i) x0 / c)) * a m r).
      set (g' := fun r => 1 * g r + (- (dt g x0 / c)) * a m r).
      destruct (IH a' g') as [[l [Hl Hg']]|[x [Ha' Hg']]].
      * left. exists (fun i => if Nat.eqb i m then dt g x0 / c - sum m (fun j => l j * (dt (a j) x0 / c)) else l i).
        assert (Hs : sum m (fun j => l j * (dt (a j) x0 / c)) <= 0).
        { rewrite <- (sum_0 m (fun _ => 0)) by reflexivity. apply sum_le. intros j Hj. specialize (Hl j Hj). specialize (Ha j Hj).
          assert (0 <= l j * (- (dt (a j) x0) / c)).
          { apply Qmult_le_0_compat; [assumption|]. apply Qle_shift_div_l; lra. }
          setoid_replace (l j * (dt (a j) x0 / c)) with (- (l j * (- (dt (a j) x0) / c))) by (field; lra). lra. }
        assert (Hgc : 0 < dt g x0 / c) by (apply Qlt_shift_div_l; lra).
        split.
        { intros i Hi. destruct (Nat.eqb i m) eqn:E; [lra|]. apply Nat.eqb_neq in E. apply Hl. lia. }
        intros r Hr. specialize (Hg' r Hr). unfold g' in Hg'. simpl. rewrite Nat.eqb_refl.
        rewrite (sum_ext m (fun i => (if Nat.eqb i m then dt g x0 / c - sum m (fun j => l j * (dt (a j) x0 / c)) else l i) * a i r) (fun i => l i * a i r)).
        2:{ intros i Hi. replace (Nat.eqb i m) with false by (symmetry; apply Nat.eqb_neq; lia). reflexivity. }
        rewrite (sum_ext m (fun i => l i * a' i r) (fun i => l i * a i r - l i * (dt (a i) x0 / c) * a m r)) in Hg' by (intros; unfold a'; ring).
        rewrite sum_minus, sum_scal_r in Hg'. lra.
      * right. exists (fun r => 1 * x r + (- (dt (a m) x / c)) * x0 r).
        assert (E : forall v, dt v (fun r => 1 * x r + (- (dt (a m) x / c)) * x0 r) == dt (fun r => 1 * v r + (- (dt v x0 / c)) * a m r) x).
        { intros v. rewrite dt_lin_r, dt_lin_l. field. lra. }
        split.
        { intros i Hi. rewrite E. destruct (Nat.eq_dec i m) as [->|]; [|apply Ha'; lia].
          rewrite dt_lin_l. fold c. setoid_replace (c / c) with 1 by (field; lra). lra. }
        rewrite E. exact Hg'.
Qed.
End Farkas.

(* x is a convex combination of the points Y, or strictly separated from them *)
Theorem separation d n (Y : nat -> nat -> Q) x :
  (exists w, convex n w /\ forall r, (r < d)%nat -> x r == sum n (fun j => w j * Y j r)) \/
  (exists f c, (forall j, (j < n)%nat -> sum d (fun r => f r * Y j r) <= c) /\ c < sum d (fun r => f r * x r)).
Proof.
  set (lift := fun (v : nat -> Q) (r : nat) => if Nat.eqb r d then 1 else v r).
  assert (E : forall f v, dt (S d) (lift v) f == sum d (fun r => f r * v r) + f d).
  { intros f v. unfold dt. simpl. unfold lift at 2. rewrite Nat.eqb_refl.
    rewrite (sum_ext d _ (fun r => f r * v r)); [ring|]. intros r Hr. unfold lift.
    replace (Nat.eqb r d) with false by (symmetry; apply Nat.eqb_neq; lia). ring. }
  destruct (farkas (S d) n (fun j => lift (Y j)) (lift x)) as [[l [Hl Hx]]|[f [Hf Hx]]].
  - left. exists l. split; [split; [assumption|]|].
    + specialize (Hx d ltac:(lia)). unfold lift in Hx. rewrite Nat.eqb_refl in Hx.
      rewrite Hx. apply sum_ext. intros; ring.
    + intros r Hr. specialize (Hx r ltac:(lia)). unfold lift in Hx.
      replace (Nat.eqb r d) with false in Hx by (symmetry; apply Nat.eqb_neq; lia). exact Hx.
  - right. exists f, (- f d). split.
    + intros j Hj. specialize (Hf j Hj). rewrite E in Hf. lra.
    + rewrite E in Hx. lra.
Qed.
