(* Lemma factorisation. *)
From Exactdyn Require Export Lemmas.
Open Scope Q_scope.

Section Factorisation.
Variable s : system.
Notation d := (dim s).
Variables (L : nat -> nat -> Q) (D : nat -> Q).

Definition unit_lower := forall i j, (i < d)%nat -> (j < d)%nat -> (i <= j)%nat ->
  L i j == (if Nat.eqb i j then 1 else 0).
Definition factors := forall i j, (i < d)%nat -> (j < d)%nat ->
  2 * sum d (fun k => L i k * D k * L j k) == A s i j + A s j i.

Let y (x : vector) k := sum d (fun i => L i k * x i).

Lemma form_factor x : factors -> form s x x == sum d (fun k => D k * (y x k * y x k)).
Proof.
  intros H.
  assert (E : sum d (fun k => D k * (y x k * y x k)) ==
              sum d (fun i => sum d (fun j => sum d (fun k => L i k * D k * L j k) * (x i * x j)))).
  { rewrite (sum_ext d _ (fun k => sum d (fun i => sum d (fun j => L i k * D k * L j k * (x i * x j))))).
    - rewrite sum_swap. apply sum_ext. intros i _. rewrite sum_swap. apply sum_ext. intros j _.
      rewrite sum_scal_r. reflexivity.
    - intros k _. unfold y. rewrite <- sum_scal_r, <- sum_scal. apply sum_ext. intros i _.
      rewrite <- !sum_scal. apply sum_ext. intros j _. ring. }
  assert (E2 : 2 * sum d (fun k => D k * (y x k * y x k)) ==
     sum d (fun i => sum d (fun j => A s i j * x j * x i)) + sum d (fun i => sum d (fun j => A s j i * x j * x i))).
  { rewrite E, <- sum_scal, <- sum_plus. apply sum_ext. intros i Hi.
    rewrite <- sum_scal, <- sum_plus. apply sum_ext. intros j Hj.
    specialize (H i j Hi Hj).
    setoid_replace (2 * (sum d (fun k => L i k * D k * L j k) * (x i * x j))) with
      ((2 * sum d (fun k => L i k * D k * L j k)) * (x i * x j)) by ring.
    rewrite H. ring. }
  assert (E3 : sum d (fun i => sum d (fun j => A s j i * x j * x i)) ==
               sum d (fun i => sum d (fun j => A s i j * x j * x i))).
  { rewrite sum_swap. apply sum_ext. intros i _. apply sum_ext. intros; ring. }
  rewrite form_double. rewrite E3 in E2. lra.
Qed.

Lemma factorisation_semi : factors -> (forall k, (k < d)%nat -> 0 <= D k) -> positive_semidefinite s.
Proof.
  intros H HD x. rewrite form_factor by assumption. apply sum_nonneg. intros k Hk.
  specialize (HD k Hk). apply Qmult_le_0_compat; [assumption|nra].
Qed.

Lemma y_zero x : unit_lower -> (forall k, (k < d)%nat -> y x k == 0) -> same s x (fun _ => 0).
Proof.
  intros HL Hy. assert (K : forall m, (m <= d)%nat -> forall i, (i < d)%nat -> (d - m <= i)%nat -> x i == 0).
  { induction m as [|m IH]; intros Hm i Hi Hge; [lia|].
    destruct (Nat.eq_dec i (d - S m)) as [->|Hne]; [|apply IH; lia].
    specialize (Hy (d - S m)%nat Hi). unfold y in Hy.
    rewrite (sum_single d _ (d - S m) Hi) in Hy.
    - pose proof (HL (d - S m)%nat (d - S m)%nat Hi Hi ltac:(lia)) as E. rewrite Nat.eqb_refl in E.
      rewrite E in Hy. lra.
    - intros j Hj Hne. destruct (Nat.lt_ge_cases j (d - S m)) as [Hlt|Hge2].
      + pose proof (HL j (d - S m)%nat Hj Hi ltac:(lia)) as E.
        replace (Nat.eqb j (d - S m)) with false in E by (symmetry; apply Nat.eqb_neq; lia). rewrite E. ring.
      + rewrite (IH ltac:(lia) j Hj ltac:(lia)). ring. }
  intros r Hr. apply (K d); lia.
Qed.

(* FORMAT.md, lemma factorisation *)
Lemma factorisation : unit_lower -> factors -> (forall k, (k < d)%nat -> 0 < D k) -> positive_definite s.
Proof.
  intros HL H HD x Hx. destruct (Qlt_le_dec 0 (form s x x)) as [|Hle]; [assumption|].
  exfalso. apply Hx. apply y_zero; [assumption|]. intros k Hk.
  rewrite form_factor in Hle by assumption.
  assert (Hn : forall k, (k < d)%nat -> 0 <= D k * (y x k * y x k)).
  { intros i Hi. specialize (HD i Hi). apply Qmult_le_0_compat; [lra|nra]. }
  pose proof (sum_nonneg_0 d _ Hn Hle k Hk) as Hz. simpl in Hz. specialize (HD k Hk).
  apply Qmult_integral in Hz. destruct Hz as [Hz|Hz]; [lra|].
  apply Qmult_integral in Hz. tauto.
Qed.
End Factorisation.
